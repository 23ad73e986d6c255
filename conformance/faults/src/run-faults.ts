import type { Cell, CellResult } from './cell.ts';
import { closeWorld } from './closed-world.ts';
import type { Fault } from './fault.ts';
import { createResourceWatch } from './resource-watch.ts';
import { type CellOptions, runCell } from './run-cell.ts';
import type { Subject } from './subject.ts';
import { faults as allFaults } from './table/index.ts';
import { methods, type Wire } from './wire.ts';

export interface FaultReport {
  readonly subject: string;
  readonly cells: readonly CellResult[];
  /** Rejections that nobody took. */
  readonly unhandled: readonly string[];
  /** What kept the process alive after the run, and did not before it. */
  readonly leftResources: readonly string[];
  readonly durationMs: number;
}

export interface RunOptions extends Partial<Omit<CellOptions, 'resources' | 'limitFactor'>> {
  readonly faults?: readonly Fault[];
  /** Whether faults that pass are played with retries as well. */
  readonly withRetries?: boolean;
  /** The wires on which faults of megabytes are played, which cost seconds of work; all unless given. */
  readonly heavyOn?: readonly Wire[];
  /** Whether what fails with short limits is played again with longer ones. */
  readonly playsAgain?: boolean;
  /** How many calls run at a time. */
  readonly concurrency?: number;
}

/** Puts a client through all faults, on all its wires, with both methods. */
export async function runFaults(subject: Subject, options: RunOptions = {}): Promise<FaultReport> {
  const { faults = allFaults, withRetries = true, playsAgain = true, concurrency = 32 } = options;
  const { heavyOn = subject.wires, watchdogMs = 30_000, settleMs = 45_000 } = options;
  const openWorld = closeWorld();
  const before = process.getActiveResourcesInfo();
  const resources = createResourceWatch();
  const began = performance.now();
  try {
    const cells = cellsOf(faults, subject, withRetries);
    const played = { resources, watchdogMs, settleMs, limitFactor: 1 };
    const run = (cell: Cell) => runCell(cell, subject, played);
    const light = cells.filter(({ fault }) => !isHeavy(fault));
    const heavy = cells.filter(({ fault, wire }) => isHeavy(fault) && heavyOn.includes(wire));
    const results = [
      ...(await inParallel(light, { run, concurrency })),
      ...(await inParallel(heavy, { run, concurrency: 4 })),
    ];
    const again = async (result: CellResult | undefined) =>
      result && playsAgain && isPressed(result)
        ? runCell(result, subject, { ...played, limitFactor: 4 })
        : result;
    const settledResults = await inParallel(results, { run: again, concurrency: 1 });
    const durationMs = Math.round(performance.now() - began);
    subject.close?.();
    return {
      subject: subject.name,
      cells: settledResults.filter((result) => result !== undefined),
      unhandled: resources.unhandled,
      leftResources: await leftSince(before, settleMs),
      durationMs,
    };
  } finally {
    resources.close();
    openWorld();
  }
}

/** Takes the thread for so long that others would miss their time limits. */
const isHeavy = ({ mostBytes = 0 }: Fault): boolean => mostBytes > 0;

/**
 * On a busy machine a short limit may end a call before what it should see has come. So what fails is played again,
 * alone and with longer limits; what is wrong with the client goes wrong again.
 */
const isPressed = ({ fault, problems }: CellResult): boolean => problems.length > 0 && !!fault.timeouts;

function cellsOf(faults: readonly Fault[], subject: Subject, withRetries: boolean): Cell[] {
  return faults.flatMap((fault) =>
    subject.wires.flatMap((wire) =>
      methods.flatMap((method) =>
        (withRetries ? [false, true] : [false]).map((retried) => ({ fault, wire, method, retried })),
      ),
    ),
  );
}

/** In order of the items. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  { run, concurrency }: { run(item: Item): Promise<Result>; readonly concurrency: number },
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const work = async () => {
    for (const [index, item] of rest) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}

/** Of each kind as many as there are more of. */
async function leftSince(before: readonly string[], mostMs: number): Promise<string[]> {
  const until = performance.now() + mostMs;
  for (;;) {
    const left = [...before];
    const more = process.getActiveResourcesInfo().filter((name) => {
      const index = left.indexOf(name);
      if (index !== -1) left.splice(index, 1);
      return index === -1;
    });
    if (more.length === 0 || performance.now() > until) return more;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
