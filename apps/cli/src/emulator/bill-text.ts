import type { UsageLine } from '@qwire/emulator';
import { colors } from '../colors.ts';
import { table } from '../table.ts';

/** What each workspace has used of each model. */
export function billText(lines: readonly UsageLine[]): string {
  if (lines.length === 0) return 'Stopped. Nobody called.';
  const rows = lines.map(({ workspaceName, model, calls, failedCalls, inputTokens, outputTokens }) => [
    `  ${workspaceName}`,
    model,
    String(calls),
    String(failedCalls),
    String(inputTokens),
    String(outputTokens),
  ]);
  const head = ['  Workspace', 'Model', 'Calls', 'Failed', 'Input tokens', 'Output tokens'];
  return `Stopped. Used:\n${table([head.map(colors.dim), ...rows])}`;
}
