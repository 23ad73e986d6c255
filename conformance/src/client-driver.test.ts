import {
  type Capabilities,
  type ChatEvent,
  type ChatResponse,
  type Client,
  type ClientOptions,
  QwireError,
} from '@qwire/core';
import { expect, test } from 'vitest';
import { sampleCase } from '../self-check/sample-case.ts';
import { scenarioSchema } from './case-schema.ts';
import { clientDriver } from './client-driver.ts';

const events: ChatEvent[] = [
  { type: 'response-start', requestId: undefined, model: 'm' },
  { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
];

/** A client that answers without a network, and keeps what it was given. */
function fakeClient({ failure }: { failure?: unknown } = {}) {
  const given: { options?: ClientOptions; request?: unknown } = {};
  const response = { text: 'Hello', raw: { secret: 1 } } as unknown as ChatResponse;
  const createClient = (options: ClientOptions): Client => {
    given.options = options;
    return {
      wire: 'fake',
      workspace: undefined,
      async chat(request) {
        given.request = request;
        if (failure) throw failure;
        return response as never;
      },
      async embed() {
        throw new QwireError('no vectors here', { kind: 'invalid-request' });
      },
      stream() {
        const iterate = async function* () {
          yield* events;
          if (failure) throw failure;
        };
        return {
          [Symbol.asyncIterator]: iterate,
          textStream: { [Symbol.asyncIterator]: async function* () {} },
          response: async () => {
            throw failure ?? new QwireError('left', { kind: 'aborted' });
          },
        };
      },
    };
  };
  const driver = clientDriver({
    name: 'fake',
    version: '1',
    wireFormat: 'openai-compatible',
    supports: {} as Capabilities,
    createClient,
  });
  return { driver, given };
}

function callOf(call: object) {
  return scenarioSchema.shape.call.parse({ operation: 'chat', request: { model: 'm' }, ...call });
}

function surroundings(leaveAfter = Number.POSITIVE_INFINITY) {
  let count = 0;
  return {
    baseURL: undefined,
    signal: new AbortController().signal,
    received: () => (++count === leaveAfter ? ('leave' as const) : ('continue' as const)),
  };
}

test('a response is reported without its raw form', async () => {
  const { driver } = fakeClient();
  const outcome = await driver.perform(sampleCase().call, surroundings());
  expect(outcome).toEqual({ ended: 'completed', response: { text: 'Hello' } });
});

test('the region is Singapore, unless the case says otherwise or the carrier has an address', async () => {
  const { driver, given } = fakeClient();
  await driver.perform(callOf({}), surroundings());
  expect(given.options?.region).toBe('singapore');
  await driver.perform(callOf({ client: { region: null } }), surroundings());
  expect(given.options && 'region' in given.options).toBe(false);
  await driver.perform(callOf({}), { ...surroundings(), baseURL: 'http://127.0.0.1:1/x' });
  expect(given.options).toMatchObject({ baseURL: 'http://127.0.0.1:1/x', maxRetries: 0 });
  expect(given.options && 'region' in given.options).toBe(false);
});

test('bytes and numbers that JSON cannot write reach the client', async () => {
  const { driver, given } = fakeClient();
  await driver.perform(
    callOf({ request: { model: 'm', image: { $base64: 'AQI=' }, top: { $number: 'NaN' } } }),
    surroundings(),
  );
  expect(given.request).toEqual({ model: 'm', image: new Uint8Array([1, 2]), top: Number.NaN });
});

test("a failure is reported with what the client's error says, and anything else as a crash", async () => {
  const failure = new QwireError('no', { kind: 'billing', code: 'Arrearage', status: 400 });
  const known = await fakeClient({ failure }).driver.perform(callOf({}), surroundings());
  expect(known).toMatchObject({
    ended: 'failed',
    error: { kind: 'billing', code: 'Arrearage', status: 400 },
  });
  const unknown = await fakeClient({ failure: new TypeError('oops') }).driver.perform(
    callOf({}),
    surroundings(),
  );
  expect(unknown).toMatchObject({ ended: 'failed', error: { kind: 'crash', message: 'TypeError: oops' } });
});

test('what hides in a cause is part of what an error shows', async () => {
  const failure = new QwireError('no', { kind: 'connection', cause: { headers: 'Bearer sk-hidden' } });
  const { error } = await fakeClient({ failure }).driver.perform(callOf({}), surroundings());
  expect(error?.rendered).toContain('sk-hidden');
});

test('a loop that is left early is reported as cancelled, with the events until then', async () => {
  const outcome = await fakeClient().driver.perform(callOf({ operation: 'stream' }), surroundings(1));
  expect(outcome).toMatchObject({
    ended: 'cancelled',
    events: [{ type: 'response-start' }],
    error: { kind: 'aborted' },
  });
  expect(outcome.events).toHaveLength(1);
});

test('a stream that fails is reported with the events until then', async () => {
  const failure = new QwireError('cut', { kind: 'connection' });
  const outcome = await fakeClient({ failure }).driver.perform(
    callOf({ operation: 'stream' }),
    surroundings(),
  );
  expect(outcome).toMatchObject({ ended: 'failed', events: [{}, {}], error: { kind: 'connection' } });
});
