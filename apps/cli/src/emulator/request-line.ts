import type { RequestRecord, ResolvedConfig } from '@qwire/emulator';
import { colors } from '../colors.ts';
import { visible } from '../visible.ts';

/** One line for one request: when, over which wire, whose, which model, how it ended. */
export function requestLine(
  record: RequestRecord,
  { workspaces }: Pick<ResolvedConfig, 'workspaces'>,
): string {
  const { at, wire, workspace, model, method, path } = record;
  const time = new Date(at).toTimeString().slice(0, 8);
  const name = workspaces.find(({ id }) => id === workspace)?.name ?? workspace ?? 'no workspace';
  const what = visible(model ?? `${method} ${path}`);
  return [
    colors.dim(time),
    (wire ?? 'no wire').padEnd(17),
    name,
    what,
    ...(record.stream ? ['stream'] : []),
    ending(record),
    ...(record.usage === undefined ? [] : [colors.dim(`${record.usage.totalTokens} tokens`)]),
    colors.dim(`${Math.round(record.durationMs)} ms`),
    ...record.unknownParameters.map((parameter) => colors.yellow(`ignored ${visible(parameter)}`)),
  ].join('  ');
}

function ending({ status, code, outcome, message }: RequestRecord): string {
  if (outcome === 'cancelled') return colors.yellow('left by its reader');
  if (outcome === 'finished') return colors.green(String(status));
  return colors.red(visible([status, code ?? message].join(' ')));
}
