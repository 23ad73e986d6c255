import {
  applySetupFile,
  type ClientDriver,
  checkServer,
  countServerVerdicts,
  describeDifferences,
  emulatorSetup,
  loadCases,
  readSetupFile,
  type ServerReport,
  type ServerResult,
  serverFailed,
  serverMarkdown,
} from '@qwire/conformance';
import { goOnWithoutReader } from '../closed-pipe.ts';
import { colors, errorColors } from '../colors.ts';
import { visible } from '../visible.ts';
import { countAlong } from './count-along.ts';
import type { ModeOptions } from './modes.ts';
import { interruptedExitCode, stopSignal } from './stop-signal.ts';
import { writeReport } from './write-report.ts';

/** Prints the setup that fits the emulator's sample, to be changed for another server. */
export function printSetup(): void {
  console.log(JSON.stringify(emulatorSetup, null, 2));
}

/** `--base-url`: is this server a faithful Model Studio? */
export async function runServerMode(
  { setup: file, filter, output }: ModeOptions,
  baseURL: string,
  drivers: readonly ClientDriver[],
): Promise<void> {
  const setup = file === undefined ? emulatorSetup : applySetupFile(emulatorSetup, readSetupFile(file));
  const cases = loadCases();
  if (output !== undefined) goOnWithoutReader();
  const progress = countAlong({ piped: 'nothing' });
  const { signal, release } = stopSignal(progress.end);
  const report = await checkServer({
    baseURL,
    setup,
    drivers,
    cases,
    signal,
    ...(filter !== undefined && { filter }),
    onResult: (result, { done, total }) =>
      progress.show(`${done}/${total} ${result.case}: ${nameOf(result)}`),
  });
  release();
  progress.end();
  print(report, (id) => cases.sources[id]?.url);
  if (output !== undefined) await writeReport(output, 'server-report', report, serverMarkdown(report, cases));
  if (isForeignToSetup(report, file)) console.error(errorColors.yellow(setupHint));
  // A call that was under way would keep the process.
  if (report.interrupted) process.exit(interruptedExitCode);
  process.exitCode = serverFailed(report) ? 1 : 0;
}

const setupHint =
  "The server knows none of the sample's keys. Say which keys and models it has: --print-setup > setup.json, then --setup setup.json.";

function nameOf({ verdict }: ServerResult): string {
  return verdict.replace('-', ' ');
}

function print(report: ServerReport, findSource: (id: string) => string | undefined): void {
  const { results, problems, interrupted, server, clients } = report;
  const isReachable = problems.length === 0;
  for (const result of isReachable ? results : []) {
    if (result.verdict === 'differs' || result.verdict === 'error')
      console.log(`${describe(result, findSource)}\n`);
    else if (result.verdict === 'not-asked')
      console.log(colors.dim(`not asked: ${result.case}, ${result.because}`));
  }
  for (const problem of problems) console.error(errorColors.red(problem));
  if (!isReachable) return;
  if (interrupted) console.log(colors.yellow('The run was stopped before its end.'));
  const seenBy = clients.length === 0 ? '' : ` (seen by ${clients.map(({ name }) => name).join(' and ')})`;
  console.log(`${server}${seenBy}: ${countServerVerdicts(results)}`);
}

function describe(result: ServerResult, findSource: (id: string) => string | undefined): string {
  const cite = ({ source, section }: ServerResult['sources'][number]) =>
    `source ${[findSource(source) ?? source, section].filter(Boolean).join(', ')}`;
  const { verdict, case: id, title, because, differences, outcomes, sources, exchange } = result;
  const reply = exchange?.reply;
  return [
    colors.bold(colors.red(`${verdict.toUpperCase()} ${id}`)),
    title,
    describeDifferences({ because: because ?? '', differences }),
    ...outcomes
      .filter((seen) => seen.because !== undefined || seen.differences.length > 0)
      .map(
        (seen) => `seen by ${seen.client}: ${describeDifferences({ ...seen, because: seen.because ?? '' })}`,
      ),
    ...new Set(sources.map(cite)),
    ...(exchange ? [`POST ${exchange.url} ${shorten(JSON.stringify(exchange.body))}`] : []),
    ...(reply ? [`  ${reply.status} ${shorten(reply.body)}`] : []),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Nothing works, and the setup is the sample's: more likely the keys than the server. */
function isForeignToSetup({ results }: ServerReport, file: string | undefined): boolean {
  if (file !== undefined) return false;
  return results.some(
    ({ case: id, exchange }) => id.endsWith('/chat/text') && exchange?.reply?.status === 401,
  );
}

function shorten(text: string): string {
  return visible(text.length > 400 ? `${text.slice(0, 400)}…` : text);
}
