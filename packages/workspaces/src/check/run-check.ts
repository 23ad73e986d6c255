import { readRegion } from '../registry/check-settings.ts';
import type { RegisteredWorkspace } from '../registry/workspace-options.ts';
import type { CheckOptions, CheckReport } from './check-options.ts';
import { type CheckContext, examine } from './examine.ts';
import { findAll } from './find-all.ts';
import { planProofs } from './plan-proofs.ts';

/**
 * Tells first what can be told without a call, shows what the calls would cost, and makes them if that is wanted. The
 * calls go through the workspaces' own clients, so they are refused, counted and recorded like any other.
 */
export async function runCheck(
  subjects: readonly RegisteredWorkspace[],
  options: CheckOptions,
  context: CheckContext,
): Promise<CheckReport> {
  const { confirm = false, signal } = options;
  const regions = (options.tryRegions ?? []).map((name) => readRegion(name, 'tryRegions'));
  const examined = await Promise.all(subjects.map((subject) => examine(subject, options, context)));
  const open = examined.flatMap(({ workspace: { name, region }, items }) =>
    items.filter(({ finding }) => !finding).map(({ model }) => ({ workspace: name, model, region })),
  );
  const plan = planProofs(open, { tryRegions: regions, prices: context.registry.prices });
  const isWanted = async () => (typeof confirm === 'function' ? confirm(plan) : confirm);
  const confirmed = open.length > 0 && !signal?.aborted && (await isWanted());
  const run = { ...context, confirmed, regions, options };
  const findings = (await Promise.all(examined.map((each) => findAll(each, run)))).flat();
  const ok = findings.every(({ standing }) => standing === 'good' || standing === 'intended');
  return { findings, plan, confirmed, ok };
}
