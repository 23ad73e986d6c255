import type { ClientDriver } from '../driver.ts';
import { missingCapability } from '../judge.ts';
import type { CaseIndex } from '../load-cases.ts';
import { type AskedCase, costClasses, loadAskedCases } from '../server/asked-cases.ts';
import { missingState } from '../server/documented-request.ts';
import type { ServerSetup } from '../server/server-setup.ts';
import type { LiveRegion, Price } from './live-region.ts';

/** One call that is to be made. */
export interface PlannedCall {
  readonly asked: AskedCase;
  readonly driver: ClientDriver;
  /** The most that it may cost, in the region's currency. Refusals cost nothing, as documented. */
  readonly estimate: number;
}

/** A call that is not made, and why. */
export interface SkippedCall {
  readonly asked: AskedCase;
  readonly driver: ClientDriver;
  readonly because: string;
}

export interface LivePlan {
  readonly calls: readonly PlannedCall[];
  readonly skipped: readonly SkippedCall[];
  /** The most that all calls together may cost. */
  readonly estimate: number;
  readonly currency: string;
}

export interface Ceilings {
  readonly maxCalls: number;
  /** In the region's currency. */
  readonly maxCost: number;
}

interface PlanOptions extends Ceilings {
  readonly drivers: readonly ClientDriver[];
  readonly cases: CaseIndex;
  readonly setup: ServerSetup;
  readonly region: LiveRegion;
  readonly filter?: string | undefined;
}

/** Which calls a live run makes within its ceilings, and what they may cost, before any is made. */
export function planLive(options: PlanOptions): LivePlan {
  const { drivers, cases, setup, region, maxCalls, maxCost } = options;
  const calls: PlannedCall[] = [];
  const skipped: SkippedCall[] = [];
  let sum = 0;
  for (const asked of loadAskedCases(cases).filter((one) => isWanted(one, options.filter))) {
    for (const driver of drivers.filter(({ wireFormat }) => wireFormat === asked.testCase.wireFormat)) {
      const missing = missingState(asked.entry, setup);
      const unable = missingCapability(asked.testCase, driver);
      const estimate = estimateCall(asked, setup, region);
      const because = missing
        ? `the setup gives no ${missing}`
        : unable
          ? `no ${unable.key}: ${unable.because}`
          : calls.length >= maxCalls
            ? `${maxCalls} calls are the ceiling`
            : sum + estimate > maxCost
              ? `${formatCost(maxCost, region.currency)} are the ceiling`
              : undefined;
      if (because !== undefined) {
        skipped.push({ asked, driver, because });
        continue;
      }
      sum += estimate;
      calls.push({ asked, driver, estimate });
    }
  }
  return { calls, skipped, estimate: sum, currency: region.currency };
}

/** What tokens cost. A model without a price counts as the dearest of the region. */
export function costOf(
  model: string | null,
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
  { prices }: LiveRegion,
): number {
  const { input, output } = (model !== null && prices[model]) || dearest(prices);
  return (inputTokens * input + outputTokens * output) / 1_000_000;
}

/** Such as `USD 0.0012`. */
export function formatCost(amount: number, currency: string): string {
  return `${currency} ${amount.toFixed(4)}`;
}

function estimateCall({ entry }: AskedCase, { models }: ServerSetup, region: LiveRegion): number {
  return costOf(models[entry.model], costClasses[entry.cost], region);
}

function dearest(prices: Readonly<Record<string, Price>>): Price {
  const all = Object.values(prices);
  return {
    input: Math.max(0, ...all.map(({ input }) => input)),
    output: Math.max(0, ...all.map(({ output }) => output)),
  };
}

function isWanted({ entry, testCase }: AskedCase, filter: string | undefined): boolean {
  if (!entry.live || !entry.outcome || entry.key === 'missing') return false;
  const wanted = filter?.toLowerCase() ?? '';
  return [testCase.id, testCase.title].some((text) => text.toLowerCase().includes(wanted));
}
