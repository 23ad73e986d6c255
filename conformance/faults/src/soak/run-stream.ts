import { type Client, QwireError } from '@qwire/core';
import { type End, planHeader, type StreamPlan, textOf } from './stream-plan.ts';

/** What became of one stream. */
export interface StreamOutcome {
  readonly plan: StreamPlan;
  readonly received: number;
  /** Events that must have come, where their number is certain. */
  readonly certain: number;
  readonly problems: readonly string[];
}

interface ExpectedEnd {
  /** The error's kind; none for a stream that ends, or is left, without one. */
  readonly kind?: string;
  /** `exactly` as many events as planned came; otherwise up to, or from, that many. */
  readonly count: 'exactly' | 'at most' | 'at least';
}

const expectedEnds: Readonly<Record<End, ExpectedEnd>> = {
  whole: { count: 'exactly' },
  // A reset overtakes what is on its way.
  reset: { kind: 'connection', count: 'at most' },
  'early-end': { kind: 'invalid-response', count: 'exactly' },
  stall: { kind: 'timeout', count: 'exactly' },
  error: { kind: 'unavailable', count: 'exactly' },
  garbage: { kind: 'invalid-response', count: 'exactly' },
  // What had arrived when the caller aborted may still be handed out.
  abort: { kind: 'aborted', count: 'at least' },
  leave: { count: 'exactly' },
};

const counts: Readonly<Record<ExpectedEnd['count'], (is: number, planned: number) => boolean>> = {
  exactly: (is, planned) => is === planned,
  'at most': (is, planned) => is <= planned,
  'at least': (is, planned) => is >= planned,
};

/** Reads one stream, and checks that its events come all, once, and in order. */
export async function runStream(
  plan: StreamPlan,
  { client, stallMs }: { readonly client: Client; readonly stallMs: number },
): Promise<StreamOutcome> {
  const problems: string[] = [];
  const caller = new AbortController();
  const stream = client.stream(
    { model: 'qwen-plus', messages: [{ role: 'user', content: 'Count.' }] },
    {
      signal: caller.signal,
      headers: { [planHeader]: JSON.stringify(plan) },
      timeouts: { idleMs: plan.end === 'stall' ? stallMs : 300_000 },
    },
  );
  let received = 0;
  let failure: unknown;
  try {
    for await (const event of stream) {
      if (event.type !== 'text-delta') continue;
      if (event.text !== textOf(received))
        problems.push(`event ${received} is ${JSON.stringify(event.text)}`);
      received += 1;
      if (received !== plan.endsAfter) continue;
      if (plan.end === 'leave') break;
      if (plan.end === 'abort') caller.abort();
    }
  } catch (error) {
    failure = error;
  }
  const { kind, count } = expectedEnds[plan.end];
  const seenKind = QwireError.is(failure) ? failure.kind : failure && String(failure);
  if (seenKind !== kind) problems.push(`ended with ${seenKind ?? 'no error'} instead of ${kind ?? 'none'}`);
  if (!counts[count](received, plan.endsAfter)) {
    problems.push(`${received} events instead of ${count} ${plan.endsAfter}`);
  }
  if (plan.end === 'whole' && !failure) {
    const { text } = await stream.response();
    const whole = Array.from({ length: plan.events }, (_, index) => textOf(index)).join('');
    if (text !== whole) problems.push('the text of the response is not what was streamed');
  }
  return { plan, received, certain: count === 'exactly' ? plan.endsAfter : received, problems };
}
