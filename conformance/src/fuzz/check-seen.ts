import { type ChatEvent, type ChatResponse, type EmbedResponse, QwireError } from '@qwire/core';
import { expect } from 'vitest';
import { checkEvents } from '../check-events.ts';
import { outcomeSchema } from '../child-outcome.ts';
import { describeError } from '../describe-error.ts';
import { isRecord } from '../is-record.ts';

/** What a caller saw of a reply whose bytes anybody may have made up. */
export interface Seen {
  readonly events?: readonly ChatEvent[];
  readonly response?: ChatResponse | EmbedResponse | undefined;
  readonly error?: unknown;
}

/** Holds what was seen to core's types: members of every value, the order of events, and one kind of error. */
export function checkSeen({ events, response, error }: Seen): void {
  if (error !== undefined && !QwireError.is(error)) throw error;
  const { raw: _, ...rest } = response ?? { raw: undefined };
  const outcome = withoutUndefined({
    ended: error === undefined ? 'completed' : 'failed',
    ...(events ? { events } : {}),
    ...(response ? { response: rest } : {}),
    ...(error === undefined ? {} : { error: describeError(error) }),
  });
  expect(outcomeSchema.safeParse(outcome).error?.issues).toBeUndefined();
  if (events) expect(checkEvents(events, error === undefined)).toEqual([]);
  if (QwireError.is(error)) expect(error.message).not.toBe('');
}

/** Values that the service made up may be nested deeper than a check can follow. */
const deepest = 50;
/** Members with JSON of the model's own, which may hold 1e999: no number of JavaScript, but no mistake of a reader. */
const free = new Set(['input', 'object', 'ocrResult', 'result']);

/** A member that is there and undefined is one that is not there; JSON in a reply has none. */
function withoutUndefined(value: unknown, depth = 0, isFree = false): unknown {
  if (depth > deepest || (isFree && isEndless(value))) return null;
  if (Array.isArray(value)) return value.map((item) => withoutUndefined(item, depth + 1, isFree));
  if (!isRecord(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.map(([name, member]) => [name, withoutUndefined(member, depth + 1, isFree || free.has(name))]),
  );
}

function isEndless(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}
