import { catalog } from '@qwire/catalog';
import { QwireError, type Region, regions } from '@qwire/core';
import { type CheckOptions, type CheckReport, createWorkspaces, type ProofPlan } from '@qwire/workspaces';
import { countAlong } from '../conformance/count-along.ts';
import { interruptedExitCode, stopSignal } from '../conformance/stop-signal.ts';
import { askYes } from './ask-yes.ts';
import type { DoctorOptions } from './doctor-command.ts';
import { listModelsOver } from './list-models.ts';
import { planText } from './plan-text.ts';
import { readWorkspaces } from './read-workspaces.ts';
import { reportText } from './report-text.ts';
import { wires } from './wires.ts';

/** Checks, shows what it found, and leaves with 0 when nothing is wrong and nothing unknown. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const settings = await readWorkspaces(options.config);
  const studio = createWorkspaces({
    wire: wires[options.wire].create,
    ...settings,
    // So that a hard budget can bound what a call of the check may cost.
    modelLimits: (model) => catalog.findModel(model)?.facts,
  });
  const progress = countAlong({ piped: 'nothing' }, process.stderr);
  const { signal, release } = stopSignal(progress.end);
  let done = 0;
  const report = await check(studio, {
    ...(options.workspace && { workspaces: options.workspace }),
    ...(options.model && { models: options.model }),
    tryRegions: regionsToTry(options.tryRegions),
    listModels: listModelsOver(options.wire),
    signal,
    confirm: (plan) => confirm(plan, options, signal),
    onFinding: () => {
      done += 1;
      progress.show(`${done} checked`);
    },
  });
  release();
  progress.end();
  console.log(options.json ? JSON.stringify({ wire: options.wire, ...report }, null, 2) : reportText(report));
  // A call that was under way would keep the process.
  if (signal.aborted) process.exit(interruptedExitCode);
  process.exitCode = report.ok ? 0 : 1;
}

async function check(
  studio: { check(options: CheckOptions): Promise<CheckReport> },
  options: CheckOptions,
): Promise<CheckReport> {
  try {
    return await studio.check(options);
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    throw new Error([error.message, error.hint].filter(Boolean).join('\n'), { cause: error });
  }
}

function regionsToTry(asked: DoctorOptions['tryRegions']): readonly Region[] {
  if (asked !== true) return asked ?? [];
  return (Object.keys(regions) as Region[]).filter((region) => regions[region].sharedHost !== undefined);
}

/** The plan goes to standard error, so that standard output holds the report alone. */
async function confirm(plan: ProofPlan, { yes }: DoctorOptions, signal: AbortSignal): Promise<boolean> {
  console.error(`${planText(plan)}\n`);
  if (yes) return true;
  if (process.stdin.isTTY) return askYes('Make these calls? [y/N] ', { signal });
  console.error('Nobody can be asked here, so no call was made; --yes makes them.\n');
  return false;
}
