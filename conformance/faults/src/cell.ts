import type { Expected, Fault } from './fault.ts';
import type { Method, Wire } from './wire.ts';

/** One call of one client into one fault. */
export interface Cell {
  readonly fault: Fault;
  readonly wire: Wire;
  readonly method: Method;
  /** Whether the fault happens once, and further tries are answered as they should be. */
  readonly retried: boolean;
}

/** What became of a call. */
export interface Seen extends Omit<Expected, 'kind' | 'or'> {
  /** `hung` when only the watchdog ended it; `other: …` for an error that is none of the client's. */
  readonly kind: string;
  readonly text: string;
  readonly durationMs: number;
  /** Tries that reached the server. */
  readonly tries: number;
  /** Bytes that the client took. */
  readonly sentBytes: number;
  /** What was left when everything had had time to end. */
  readonly openConnections: number;
  readonly timers: number;
  readonly listeners: number;
  /** Connections to the server that nobody asked for. */
  readonly elsewhere: number;
  readonly showsKey: boolean;
}

export interface CellResult extends Cell {
  readonly expected: Expected;
  readonly seen: Seen;
  /** In what it is not as it must be; empty when all is well. */
  readonly problems: readonly string[];
}

/** What the cell must come to; `undefined` where there is no such cell. */
export function expectedOf(cell: Cell): Expected | undefined {
  const expected = statedFor(cell);
  if (!cell.retried || !expected || cell.fault.once) return cell.retried ? undefined : expected;
  return isRepeated(expected) ? { kind: 'ok' } : expected;
}

/** What the table states for a call without retries. */
export function statedFor({ fault, wire, method }: Omit<Cell, 'retried'>): Expected | undefined {
  return fault.otherwise?.[wire]?.[method] ?? fault.expected[method];
}

/** After the first event nothing is repeated. */
export const isRepeated = ({ retryable, text }: Expected): boolean => retryable === true && !text;
