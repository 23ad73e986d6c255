import type { Wire } from '../wire.ts';
import { between, createRandom, type Random } from './random.ts';
import type { SoakOptions } from './run-soak.ts';

/** How a stream ends, and how often. */
const ends = {
  /** As it should. */
  whole: 60,
  /** The server resets the connection. */
  reset: 5,
  /** The server ends the response cleanly, too early. */
  'early-end': 5,
  /** The server says nothing more. */
  stall: 5,
  /** The server reports an error in the stream. */
  error: 5,
  /** The server sends a frame that is no JSON. */
  garbage: 5,
  /** The caller aborts. */
  abort: 8,
  /** The caller leaves the loop. */
  leave: 7,
} as const;
export type End = keyof typeof ends;

/** One stream of the load. The caller makes it, and the server keeps to it. */
export interface StreamPlan {
  readonly id: number;
  readonly wire: Wire;
  readonly events: number;
  /** From one write to the next. */
  readonly everyMs: number;
  readonly eventsPerWrite: number;
  /** Bytes of each write that are held back until the next, so that events and characters are cut. */
  readonly heldBytes: number;
  readonly end: End;
  /** After how many events it ends, when it does not end as it should. */
  readonly endsAfter: number;
  /** Whether the first try is refused. */
  readonly refusedFirst: boolean;
}

/** The header by which the caller tells the server. */
export const planHeader = 'x-plan';

/** The same for the same seed and id. */
export function createStreamPlan(
  id: number,
  { seed, wires, meanEvents }: Pick<SoakOptions, 'seed' | 'wires' | 'meanEvents'>,
): StreamPlan {
  const random = createRandom(seed * 1_000_003 + id);
  const events = between(random, [Math.ceil(meanEvents / 2), Math.ceil(meanEvents * 1.5)]);
  const end = pickEnd(random);
  return {
    id,
    wire: wires[id % wires.length] ?? 'dashscope',
    events,
    everyMs: between(random, [100, 400]),
    eventsPerWrite: between(random, [1, 4]),
    heldBytes: between(random, [0, 60]),
    end,
    endsAfter: end === 'whole' ? events : between(random, [1, events - 1]),
    refusedFirst: random() < 0.05,
  };
}

function pickEnd(random: Random): End {
  const entries = Object.entries(ends) as [End, number][];
  let rest = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [end, weight] of entries) {
    rest -= weight;
    if (rest < 0) return end;
  }
  return 'whole';
}

/** What an event says: its number, and characters of several bytes. */
export const textOf = (index: number): string => `${index} 西湖 `;
