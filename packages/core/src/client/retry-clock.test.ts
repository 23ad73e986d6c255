import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Capabilities, capabilityKeys } from '../capability.ts';
import type { CallOptions, ClientOptions } from '../client.ts';
import { createChoice, createResponse, unreportedUsage } from '../collect-response.ts';
import { EventWriter } from '../event-writer.ts';
import { parseJson } from '../json.ts';
import { serviceError, serviceErrorInFrame } from '../service-error/service-error.ts';
import type { WireFormat } from '../wire-format.ts';
import { createClient } from './create-client.ts';

/** Text in, text out; failures are the service's own. */
const wire: WireFormat = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: Object.fromEntries(capabilityKeys.map((key) => [key, true])) as Capabilities,
  writeChat: () => ({ path: '/say', headers: {}, body: {}, warnings: [] }),
  writeEmbed: () => ({ path: '/embed', headers: {}, body: {}, warnings: [] }),
  readChat: (body) => {
    const text = body.slice('data: '.length).trim();
    const answer = { text, reasoning: undefined, toolCalls: [], rawFinishReason: 'stop' };
    const rest = { usage: unreportedUsage, sources: [], warnings: [], requestId: 'r', model: 'm', raw: body };
    return createResponse([createChoice({ ...answer, finishReason: 'stop' })], rest);
  },
  readEmbed: () => {
    throw new TypeError('unused');
  },
  readError: serviceError,
  createStreamReader({ emit, head }) {
    const writer = new EventWriter(emit);
    return {
      done: false,
      raw: undefined,
      end: () => writer.end(),
      read(frame) {
        const error = serviceErrorInFrame(frame, parseJson(frame.data), head);
        if (error) throw error;
        writer.start('r', 'm');
        writer.text(frame.data);
        writer.finish('stop', 'stop');
      },
    };
  },
};
const request = { model: 'm', messages: [{ role: 'user', content: 'hi' }] } as const;

const start = Date.UTC(2026, 0, 1);
let random = 1;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  random = 1;
  vi.spyOn(Math, 'random').mockImplementation(() => random);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Reply = (signal: AbortSignal) => Response | Promise<Response>;

const ok: Reply = () => new Response('data: fine\n\n');
const never: Reply = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

function refuses(status: number, body: object | string = '', headers: Record<string, string> = {}): Reply {
  return () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

const busy = refuses(503, { code: 'ModelUnavailable', message: 'Model is unavailable.' });
const throttled = refuses(429, { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded.' });

/** A service that gives the replies in turn, the last again and again, and when it was asked, in milliseconds. */
function service(...replies: readonly Reply[]) {
  const times: number[] = [];
  const fetch: NonNullable<ClientOptions['fetch']> = async (_, init) => {
    const reply = replies[Math.min(times.length, replies.length - 1)] ?? ok;
    times.push(Date.now() - start);
    return reply(init?.signal ?? new AbortController().signal);
  };
  const client = (options: ClientOptions = {}) =>
    createClient(wire, { apiKey: 'k', baseURL: 'http://127.0.0.1:1', fetch, ...options });
  return { times, client };
}

/** Lets all the time pass that a call needs: what became of it, and when. */
async function settle(call: Promise<unknown>) {
  const settled = call.then(
    (value) => ({ value, error: undefined, at: Date.now() - start }),
    (error: unknown) => ({ value: undefined, error, at: Date.now() - start }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

const calls = {
  chat: (client: ReturnType<typeof createClient>, options?: CallOptions) => client.chat(request, options),
  stream: (client: ReturnType<typeof createClient>, options?: CallOptions) =>
    client.stream(request, options).response(),
};
const operations = ['chat', 'stream'] as const;

test.each(operations)(
  '%s waits longer with each try, up to a ceiling, and longer for limits',
  async (operation) => {
    const down = service(busy);
    await settle(calls[operation](down.client({ maxRetries: 6 })));
    expect(down.times).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 23_500]);
    const full = service(throttled);
    const origin = Date.now() - start;
    await settle(calls[operation](full.client({ maxRetries: 6 })));
    expect(full.times.map((time) => time - origin)).toEqual([
      0, 2_000, 6_000, 14_000, 30_000, 60_000, 90_000,
    ]);
  },
);

test.each([
  [0, [0, 250, 750, 1_750]],
  [0.5, [0, 375, 1_125, 2_625]],
  [1, [0, 500, 1_500, 3_500]],
])('a random number of %d keeps clients apart by at most half of each wait', async (number, times) => {
  random = number;
  const down = service(busy);
  await settle(calls.chat(down.client({ maxRetries: 3 })));
  expect(down.times).toEqual(times);
});

const quota = 'You exceeded your current quota, please check your plan and billing details.';

test.each<[string, Reply]>([
  ['insufficient_quota', refuses(429, { error: { code: 'insufficient_quota', message: quota } })],
  [
    'Throttling.AllocationQuota',
    refuses(429, {
      code: 'Throttling.AllocationQuota',
      message: 'Allocated quota exceeded, please increase your quota limit.',
    }),
  ],
  [
    'limit_requests',
    refuses(429, {
      error: { code: 'limit_requests', message: 'You have exceeded your current request limit.' },
    }),
  ],
  ['Throttling.RateQuota', throttled],
  [
    'limit_burst_rate',
    refuses(429, { error: { code: 'limit_burst_rate', message: 'Request rate increased too quickly.' } }),
  ],
  ['a 429 without a body', refuses(429)],
  [
    'capacity',
    refuses(503, { error: { message: 'The engine is currently overloaded, please try again later' } }),
  ],
])('%s is waited out: a minute passes by itself', async (_, refusal) => {
  for (const operation of operations) {
    for (random of [0, 1]) {
      const began = Date.now();
      const limited: Reply = (signal) => (Date.now() - began < 60_000 ? refusal(signal) : ok(signal));
      const { client } = service(limited);
      const { error, value } = await settle(calls[operation](client()));
      expect(error).toBeUndefined();
      expect(value).toMatchObject({ text: 'fine' });
    }
  }
});

test.each<[string, number, object]>([
  [
    'free tier',
    403,
    { code: 'AllocationQuota.FreeTierOnly', message: 'The free tier of the model has been exhausted.' },
  ],
  [
    'free quota under the code of a throttle',
    429,
    { error: { code: 'insufficient_quota', message: 'Free allocated quota exceeded.' } },
  ],
  ['plan', 429, { code: 'Throttling.AllocationQuota', message: 'Your token-plan quota has been exhausted.' }],
  ['hour', 429, { error: { code: 'insufficient_quota', message: 'hour allocated quota exceeded.' } }],
  ['week', 429, { error: { code: 'insufficient_quota', message: 'week allocated quota exceeded.' } }],
  ['month', 429, { error: { code: 'insufficient_quota', message: 'month allocated quota exceeded.' } }],
  [
    'arrears',
    400,
    {
      error: {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
      },
    },
  ],
  ['overdue bill', 429, { code: 'PostpaidBillOverdue', message: 'The postpaid bill is overdue.' }],
  [
    'service not ordered',
    429,
    { code: 'CommodityNotPurchased', message: 'Commodity has not purchased yet.' },
  ],
  ['budget', 429, { code: 'BudgetLimitExceeded', message: 'The budget is used up.' }],
])('no money and no minute help: %s fails at once', async (_, status, body) => {
  for (const operation of operations) {
    const { times, client } = service(refuses(status, body), ok);
    const { error } = await settle(calls[operation](client({ maxRetries: 5 })));
    expect(error).toMatchObject({ retryable: false, status });
    expect(times).toHaveLength(1);
  }
});

test.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['milliseconds', { 'retry-after-ms': '1234', 'retry-after': '9' }, 1_234],
  ['a date', { 'retry-after': new Date(start + 20_000).toUTCString() }, 20_000],
  ['a date that has passed', { 'retry-after': new Date(start - 20_000).toUTCString() }, 0],
  ['nothing to wait for', { 'retry-after': '0' }, 0],
  ['as long as is borne', { 'retry-after': '60' }, 60_000],
  ['words that mean nothing', { 'retry-after': 'soon' }, 2_000],
  ['an endless time', { 'retry-after': '1e999' }, 2_000],
])('what the service asks to wait is kept to exactly: %s', async (_, headers, wait) => {
  for (random of [0, 1]) {
    const began = Date.now() - start;
    vi.setSystemTime(start);
    const { times, client } = service(refuses(429, '', headers), ok);
    await settle(calls.chat(client()));
    const expected = wait === 2_000 && random === 0 ? 1_000 : wait;
    expect(
      times.map((time) => time - (times[0] ?? 0)),
      String(began),
    ).toEqual([0, expected]);
  }
});

test('a longer wait than a minute is not borne: the caller gets the error, and how long to wait', async () => {
  const { times, client } = service(refuses(429, '', { 'retry-after': '61' }), ok);
  const { error, at } = await settle(calls.chat(client()));
  expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 61_000 });
  expect([times, at]).toEqual([[0], 0]);
});

test('a refusal to be asked again is heeded, and a demand for it', async () => {
  const kept = service(refuses(503, '', { 'x-should-retry': 'false' }), ok);
  await settle(calls.chat(kept.client()));
  expect(kept.times).toHaveLength(1);
  const asked = service(refuses(409, '', { 'x-should-retry': 'true' }), ok);
  await settle(calls.chat(asked.client()));
  expect(asked.times).toHaveLength(2);
});

test('a throttle in the first frame is waited out, one after the first event is not', async () => {
  const frame = `event: error\ndata: ${JSON.stringify({ error: { code: 'insufficient_quota', message: quota } })}\n\n`;
  const first = service(
    () => new Response(frame),
    () => new Response('data: fine\n\n'),
  );
  expect(await settle(calls.stream(first.client()))).toMatchObject({ value: { text: 'fine' } });
  expect(first.times).toEqual([0, 2_000]);
  const later = service(() => new Response(`data: fine\n\n${frame}`), ok);
  const { error } = await settle(calls.stream(later.client({ maxRetries: 5 })));
  expect(error).toMatchObject({ kind: 'rate-limited', retryable: true });
  expect(later.times).toHaveLength(1);
});

test.each(operations)(
  '%s: each try has its own limits, and the call has one for all of them',
  async (operation) => {
    const silent = service(never);
    const limits = { connectMs: 1_000, firstEventMs: 1_000 };
    const { error } = await settle(calls[operation](silent.client({ maxRetries: 2, timeouts: limits })));
    expect(error).toMatchObject({ kind: 'timeout', retryable: true });
    expect(silent.times).toEqual([0, 1_500, 3_500]);
    const slow = service(never);
    const began = Date.now() - start;
    const ended = await settle(
      calls[operation](slow.client({ maxRetries: 9, timeouts: { ...limits, totalMs: 3_000 } })),
    );
    expect(ended).toMatchObject({
      error: { kind: 'timeout', timeout: 'totalMs', retryable: false },
      at: began + 3_000,
    });
    expect(slow.times.map((time) => time - began)).toEqual([0, 1_500]);
  },
);

test.each(operations)('%s: the limit for the whole call ends a wait at once', async (operation) => {
  const full = service(throttled);
  const client = full.client({ maxRetries: 9, timeouts: { totalMs: 10_000 } });
  expect(await settle(calls[operation](client))).toMatchObject({ error: { timeout: 'totalMs' }, at: 10_000 });
  expect(full.times).toEqual([0, 2_000, 6_000]);
});

test.each(operations)('%s that is aborted during a try is not tried again', async (operation) => {
  const silent = service(never, ok);
  const { signal, abort } = watchedController();
  setTimeout(abort, 300);
  const client = silent.client({ maxRetries: 5 });
  expect(await settle(calls[operation](client, { signal }))).toMatchObject({
    error: { kind: 'aborted' },
    at: 300,
  });
  expect(silent.times).toEqual([0]);
  expect(signal.listeners()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test.each(operations)(
  '%s that is aborted during a wait ends at once, and leaves no timer',
  async (operation) => {
    const full = service(throttled, ok);
    const { signal, abort } = watchedController();
    const call = calls[operation](full.client({ maxRetries: 5 }), { signal });
    const ended = call.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_500);
    abort();
    expect(await ended).toMatchObject({ kind: 'aborted', cause: 'enough' });
    expect(vi.getTimerCount()).toBe(0);
    expect(signal.listeners()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(full.times).toEqual([0]);
  },
);

test('a call that is aborted while the next key is fetched sends nothing more', async () => {
  const full = service(throttled, ok);
  const controller = new AbortController();
  let asked = 0;
  const apiKey = async () => {
    asked += 1;
    if (asked === 2) controller.abort('enough');
    return 'k';
  };
  const { error } = await settle(calls.chat(full.client({ apiKey }), { signal: controller.signal }));
  expect(error).toMatchObject({ kind: 'aborted' });
  expect(full.times).toEqual([0]);
});

test.each(['during a try', 'during a wait'])(
  'a stream whose loop is left %s is not tried again',
  async (when) => {
    const replies = when === 'during a try' ? [never] : [throttled, ok];
    const { times, client } = service(...replies);
    const events = client({ maxRetries: 5, timeouts: { connectMs: 1_000 } })
      .stream(request)
      [Symbol.asyncIterator]();
    const first = events.next();
    await vi.advanceTimersByTimeAsync(500);
    await events.return?.();
    expect(await first).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(times).toEqual([0]);
  },
);

test('a success after a failure leaves no timer', async () => {
  const { client } = service(busy, ok);
  const { signal } = watchedController();
  await settle(calls.chat(client({ timeouts: { totalMs: 3_600_000 } }), { signal }));
  expect(vi.getTimerCount()).toBe(0);
  expect(signal.listeners()).toBe(0);
});

/** A signal that counts who listens to it. */
function watchedController() {
  const controller = new AbortController();
  let count = 0;
  const { addEventListener, removeEventListener } = controller.signal;
  const signal = Object.assign(controller.signal, {
    listeners: () => count,
    addEventListener(...call: Parameters<typeof addEventListener>) {
      count += 1;
      addEventListener.apply(controller.signal, call);
    },
    removeEventListener(...call: Parameters<typeof removeEventListener>) {
      count -= 1;
      removeEventListener.apply(controller.signal, call);
    },
  });
  return { signal, abort: () => controller.abort('enough') };
}
