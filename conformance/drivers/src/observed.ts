import { type Deviation, mergeDeltas, type Observed, type Outcome } from '@qwire/conformance';
import { findingsOf } from './findings.ts';
import type { Scored } from './run-board.ts';

interface RecordOptions {
  /** What is on record for this case already. */
  readonly known: Deviation | undefined;
  /** Such as `2026-11-23`. */
  readonly today: string;
  readonly reviewBy: string;
}

/** The deviation that a failing case is; what is on record stays, with its wording, when the same is seen. */
export function toDeviation(scored: Scored, { known, today, reviewBy }: RecordOptions): Deviation {
  const found = findingsOf(scored);
  const paths = scored.judgment.differences
    .map(({ path }) => path)
    .filter((path) => path.startsWith('requests'));
  const seen = { observed: toObserved(scored), requestDifferences: [...new Set(paths)] };
  if (known && sameJson({ observed: known.observed, requestDifferences: known.requestDifferences }, seen))
    return known;
  const cause = found.find((finding) => finding.cause !== undefined)?.cause ?? 'client-defect';
  const because = sentence(found.map(({ says }) => says));
  return { case: scored.testCase.id, cause, ...seen, because, since: today, reviewBy };
}

/** What was seen, in the members that are compared. */
function toObserved({ view }: Scored): Observed {
  const outcome = view?.observation.outcome;
  if (!view || !outcome) return { ended: 'no-outcome' };
  const { ended, events, response, error } = outcome;
  const asked = view.testCase.expect.response ?? { text: '' };
  return withoutMissing({
    ended,
    ...(ended !== 'completed' && events && events.length > 0 && { events: mergeDeltas(events).map(toEvent) }),
    ...(ended === 'completed' && response && { response: pickSeen(response, Object.keys(asked)) }),
    ...(error && { error: toError(error) }),
  });
}

function toEvent(event: NonNullable<Outcome['events']>[number]) {
  return 'text' in event ? { type: event.type, text: event.text } : { type: event.type };
}

function toError({ kind, code, status, retryable, message }: NonNullable<Outcome['error']>) {
  return { kind: kind ?? null, code, status, retryable, ...(isTelling(message) && { message }) };
}

/** A message that is short, and the same in each run. */
function isTelling(message: string | undefined): boolean {
  return message !== undefined && message.length < 120 && !/127\.0\.0\.1|sk-|\n/.test(message);
}

/** Members that a record can state to be missing. */
const statedMissing = ['reasoning', 'rawFinishReason', 'model'];

function pickSeen(response: object, names: readonly string[]) {
  const seen = new Map(Object.entries(response));
  return Object.fromEntries(
    names.map((name) => [name, seen.get(name) ?? (statedMissing.includes(name) ? null : undefined)]),
  );
}

/** As JSON has it: without members that are `undefined`. */
function withoutMissing(value: unknown): Observed {
  return JSON.parse(JSON.stringify(value)) as Observed;
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

function sentence(parts: readonly string[]): string {
  const text = parts.join(', and ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
