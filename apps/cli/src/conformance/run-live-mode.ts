import {
  applySetupFile,
  type ClientDriver,
  countDrift,
  createRecorder,
  type DriftEntry,
  describeDrift,
  driftMarkdown,
  formatCost,
  hasDrift,
  type LivePlan,
  type LiveRegion,
  loadCases,
  planLive,
  pricesOf,
  readSetupFile,
  runLive,
  type ServerSetup,
  type ServerSetupFile,
  type ServiceAddress,
  serviceAddress,
  toLiveRegion,
} from '@qwire/conformance';
import { toRegion } from '@qwire/core';
import { colors, errorColors } from '../colors.ts';
import { countAlong } from './count-along.ts';
import type { ModeOptions } from './modes.ts';
import { recordingsFolder } from './run-record-mode.ts';
import { interruptedExitCode, stopSignal } from './stop-signal.ts';
import { writeReport } from './write-report.ts';

/** `--live`: where do the documents, the service and the clients disagree? */
export async function runLiveMode(options: ModeOptions, drivers: readonly ClientDriver[]): Promise<void> {
  const { maxCalls, maxCost, filter, output } = options;
  const address = addressOf(options);
  const key = readKey(options);
  const file: ServerSetupFile = options.setup === undefined ? {} : readSetupFile(options.setup);
  const priceRegion = address.region ?? regionOf(options) ?? 'ap-southeast-1';
  const region = toLiveRegion(priceRegion, file);
  const setup = applySetupFile(liveSetup(key, region), file);
  const cases = loadCases();
  const reachable = drivers.filter(({ wireFormat }) => address.wires[wireFormat] !== undefined);
  const plan = planLive({ drivers: reachable, cases, setup, region, maxCalls, maxCost, filter });
  printPlan(plan, address, { priceRegion, maxCalls, maxCost });
  if (plan.calls.length === 0) {
    console.error(errorColors.red('There is nothing to call.'));
    process.exitCode = 1;
    return;
  }
  const folder = recordingsFolder(options);
  const recorder =
    folder === undefined ? undefined : createRecorder({ folder, keys: [key], ids: idsOf(address) });
  const recordings: Promise<unknown>[] = [];
  const progress = countAlong({ piped: 'lines' });
  const { signal, release } = stopSignal(progress.end);
  const report = await runLive({
    plan,
    address,
    setup,
    region,
    cases,
    maxCalls,
    maxCost,
    signal,
    ...(recorder && { onExchange: (exchange) => recordings.push(recorder.keep(exchange)) }),
    onEntry: (entry, { done, calls, cost }) =>
      progress.show(
        `${done}/${plan.calls.length} calls: ${calls}, ${formatCost(cost, region.currency)}  ${entry.case}: ${nameOf(entry)}`,
      ),
  });
  await Promise.all(recordings);
  release();
  progress.end();
  console.log();
  for (const entry of report.entries) {
    if (entry.verdict === 'drift' || entry.verdict === 'error') console.log(`${describeDrift(entry)}\n`);
    else if (entry.verdict === 'not-asked')
      console.log(colors.dim(`not asked: ${entry.case}, ${entry.because}`));
  }
  if (report.interrupted) console.log(colors.yellow('The run was stopped before its end.'));
  console.log(
    `${countDrift(report.entries)}. ${report.calls} calls, ${formatCost(report.cost, report.currency)} by prices of ${report.pricesOf}.`,
  );
  await writeReport(output ?? 'reports/conformance', 'drift-report', report, driftMarkdown(report));
  if (folder !== undefined) console.log(`Recordings for review are in ${folder}.`);
  // A call that was under way would keep the process.
  if (report.interrupted) process.exit(interruptedExitCode);
  process.exitCode = hasDrift(report) ? 1 : 0;
}

/** Where the service is, from the options and the environment. */
export function addressOf({ baseUrl: baseURL, region, workspace: workspaceId }: ModeOptions): ServiceAddress {
  return serviceAddress({ baseURL, region, workspaceId });
}

/** Beside an address of its own, a region says only whose models and prices are meant. */
function regionOf({ region = process.env.DASHSCOPE_API_REGION }: ModeOptions): string | undefined {
  return region === undefined ? undefined : toRegion(region);
}

/** Names that recordings do not show. */
export function idsOf({ workspaceId }: ServiceAddress): string[] {
  return workspaceId === undefined ? [] : [workspaceId];
}

function readKey({ apiKeyFrom }: ModeOptions): string {
  const key = process.env[apiKeyFrom]?.trim();
  if (!key)
    throw new Error(
      `A live run needs a key: set ${apiKeyFrom}, or name another variable with --api-key-from`,
    );
  return key;
}

/** One key is all that is known. What needs another one, or somebody else's workspace, comes from a setup file. */
function liveSetup(key: string, { models }: LiveRegion): ServerSetup {
  return {
    keys: { accepted: key, restricted: null, rejected: `sk-${'0'.repeat(32)}` },
    models,
    workspaces: { foreign: null },
  };
}

interface Spending {
  readonly priceRegion: string;
  readonly maxCalls: number;
  readonly maxCost: number;
}

function printPlan(
  { calls, estimate, currency }: LivePlan,
  { wires }: ServiceAddress,
  { priceRegion, maxCalls, maxCost }: Spending,
): void {
  const classes = new Map<string, number>();
  for (const { asked } of calls) classes.set(asked.entry.cost, (classes.get(asked.entry.cost) ?? 0) + 1);
  const shown = [...classes].map(([name, count]) => `${count} ${name}`).join(', ');
  console.log(`Calls to ${Object.values(wires).join(' and ')}`);
  console.log(
    `${calls.length} calls${shown && ` (${shown})`}, at most ${formatCost(estimate, currency)} by the prices of ${priceRegion} of ${pricesOf}.`,
  );
  console.log(`Ceilings: ${maxCalls} calls, ${formatCost(maxCost, currency)}.`);
}

function nameOf({ verdict }: DriftEntry): string {
  return verdict.replaceAll('-', ' ');
}
