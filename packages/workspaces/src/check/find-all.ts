import type { QwireError, Region } from '@qwire/core';
import type { CheckOptions } from './check-options.ts';
import type { CheckContext, Examined, Item } from './examine.ts';
import { type Finding, sayingOf, toFinding } from './finding.ts';
import { hostForm } from './host-form.ts';
import { callOptions, prove } from './prove.ts';
import { type Tried, tryRegions } from './try-regions.ts';
import { verdictOf } from './verdict-of.ts';
import { verdicts } from './verdicts.ts';

/** How the findings of a workspace are completed. */
export interface Run extends CheckContext {
  readonly confirmed: boolean;
  readonly regions: readonly Region[];
  readonly options: CheckOptions;
}

/** One finding for each model of the workspace, one call after the other. What holds for all of them is asked once. */
export async function findAll(examined: Examined, run: Run): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let shared: Finding | undefined;
  for (const item of examined.items) {
    const finding = item.finding ?? (shared ? repeat(shared, item) : await find(item, examined, run));
    if (!item.finding && verdicts[finding.verdict].ofWorkspace) shared ??= finding;
    findings.push(finding);
    run.options.onFinding?.(finding);
  }
  return findings;
}

/** What was found with another model of the workspace holds for this one. */
function repeat(finding: Finding, { model, listed }: Item): Finding {
  const { workspace, verdict, region } = finding;
  return toFinding({ workspace, model, verdict, region, listed, detail: `As found with ${finding.model}.` });
}

async function find({ model, listed }: Item, examined: Examined, run: Run): Promise<Finding> {
  const { workspace, given, key } = examined;
  const at = { workspace: workspace.name, model, listed };
  if (run.options.signal?.aborted) return toFinding({ ...at, verdict: 'not-checked', detail: stopped });
  if (!run.confirmed) return toFinding({ ...at, verdict: 'not-checked', detail: notAsked(listed) });
  const error = await prove(run.clientOf(workspace.name), model, callOptions(run.options));
  if (!error) return toFinding({ ...at, verdict: 'ok' });
  if (error.kind === 'aborted') return toFinding({ ...at, verdict: 'not-checked', detail: stopped });
  const verdict = verdictOf(error, { key, host: hostForm(given.baseURL) });
  if (verdict !== 'key-refused') return toFinding({ ...at, verdict, error });
  const tried = await tryRegions(examined, model, run);
  return tried.known
    ? toFinding({ ...at, verdict: 'key-of-another-region', region: tried.known, error })
    : toFinding({ ...at, verdict, error, detail: describeRefusal(error, tried) });
}

const stopped = 'The check was ended before.';

function notAsked(listed: boolean | undefined): string {
  if (listed === undefined) return 'No call was made.';
  return `No call was made. The service ${listed ? 'lists' : 'does not list'} it for this key, which is only a hint.`;
}

function describeRefusal(error: QwireError, { unknownIn, unclearIn }: Tried): string {
  const { status, requestId } = error;
  const where = [`status ${status}`, ...(requestId === undefined ? [] : [`request ${requestId}`])].join(', ');
  const sentences = [
    `${sayingOf(error)} (${where}).`,
    unknownIn.length > 0 ? `Not known either in: ${unknownIn.join(', ')}.` : '',
    unclearIn.length > 0 ? `No answer about it from: ${unclearIn.join(', ')}.` : '',
    unknownIn.length + unclearIn.length === 0 ? 'Other regions were not tried.' : '',
  ];
  return sentences.filter(Boolean).join(' ');
}
