import {
  type CallOptions,
  type ChatRequest,
  type Client,
  type ClientOptions,
  type EmbedRequest,
  QwireError,
  type WireFormat,
} from '@qwire/core';
import fc, { type Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import { loadCases } from '../load-cases.ts';
import { readPieces } from '../read-pieces.ts';
import { watchStrayFailures } from '../stray-failures.ts';
import { type Bodies, createBodies } from './bodies.ts';
import { anyCuts, cutBytes } from './bytes.ts';
import { checkSeen, type Seen } from './check-seen.ts';
import { fuzz } from './fuzz.ts';

/** An adapter of core. */
export interface FuzzedAdapter {
  readonly wire: WireFormat;
  readonly createClient: (options: ClientOptions) => Client;
}

const decoder = new TextDecoder();
const message = { role: 'user', content: 'Say something as JSON.' } as const;
const requests: Arbitrary<ChatRequest> = fc.constantFrom(
  { model: 'qwen-plus', messages: [message] },
  { model: 'qwen3-vl-plus', messages: [message], logprobs: { top: 2 } },
  {
    model: 'qwen-plus',
    messages: [message],
    search: { citations: true },
    extra: { incremental_output: false },
  },
  { model: 'qwen-plus', messages: [message], responseFormat: 'json' },
);
const embedRequests: Arbitrary<EmbedRequest> = fc
  .array(fc.constantFrom('one', 'two'), { minLength: 1, maxLength: 3 })
  .map((input) => ({ model: 'text-embedding-v4', input }));

const headers: Arbitrary<Headers> = fc
  .record(
    {
      'content-type': fc.constantFrom('text/event-stream', 'application/json', 'text/html', 'x', ''),
      'x-request-id': fc.constantFrom('', 'id', '\u00e9'),
      'x-dashscope-partialresponse': fc.constantFrom('true', 'yes'),
      'x-should-retry': fc.constantFrom('true', 'false', '1'),
      'retry-after': fc.constantFrom('0', '-1', '1e999', 'soon', ' ', '12', 'Wed, 21 Oct 2015 07:28:00 GMT'),
      'retry-after-ms': fc.constantFrom('0', '-5', 'NaN', '1e999', '7'),
    },
    { requiredKeys: [] },
  )
  .map((members) => new Headers(members));
const successes = [200, 200, 200, 200, 201, 202, 204];
const failures = [302, 400, 400, 401, 403, 404, 408, 409, 422, 429, 429, 430, 500, 502, 503, 504, 599];

/**
 * Registers vitest tests that give an adapter's readers, and a client around them, bytes that nobody has documented:
 * broken replies of the suite, the same with changed JSON, and whatever there is. Each must become events, a reply or a
 * `QwireError` of core's types, however the bytes are cut.
 *
 * `FUZZ_RUNS` says how often each is tried (100 unless given) and `FUZZ_SEED` with what, which a failure prints.
 */
export function registerFuzz({ wire, createClient }: FuzzedAdapter): void {
  const { streams, replies, heavy } = createBodies(wire.name, loadCases());

  fuzz(
    `${wire.name}: any stream gives the same events, then an end or one error, however it is cut`,
    fc.asyncProperty(streams, anyCuts, requests, headers, async (body, cuts, request, head) => {
      const context = { request, head: { status: 200, headers: head } };
      const whole = readPieces(wire, [body], context);
      checkSeen(whole);
      expect(readPieces(wire, cutBytes(body, cuts), context)).toEqual(whole);
    }),
    3,
  );

  fuzz(
    `${wire.name}: any body is a reply or one error`,
    fc.asyncProperty(replies, requests, embedRequests, headers, async (body, request, embedRequest, head) => {
      const text = decoder.decode(body);
      const success = { status: 200, headers: head };
      checkSeen(attempt(() => wire.readChat(text, { request, head: success })));
      checkSeen(attempt(() => wire.readEmbed(text, { request: embedRequest, head: success })));
    }),
    3,
  );

  fuzz(
    `${wire.name}: any failure is one error`,
    fc.asyncProperty(
      fc.oneof(replies, streams),
      fc.constantFrom(...failures),
      headers,
      async (body, status, head) => {
        const error = wire.readError({ status, headers: head, body: decoder.decode(body) });
        expect(QwireError.is(error)).toBe(true);
        checkSeen({ error });
      },
    ),
    3,
  );

  fuzz(
    `${wire.name}: values that are nested very deep, or very long, are read like any`,
    fc.asyncProperty(heavy, fc.constantFrom(...failures), requests, async (body, status, request) => {
      const text = decoder.decode(body);
      const head = { status: 200, headers: new Headers() };
      checkSeen(attempt(() => wire.readChat(text, { request, head })));
      checkSeen(readPieces(wire, [body], { request }));
      checkSeen({ error: wire.readError({ ...head, status, body: text }) });
    }),
    0.2,
  );

  fuzz(
    `${wire.name}: a client makes of any response what core's types say, and leaves nothing that nobody can catch`,
    fc.asyncProperty(
      anyResponse({ streams, replies }),
      requests,
      anyReading,
      async (response, request, reading) => {
        const client = createClient({
          apiKey: 'sk-fuzz-0123456789',
          baseURL: 'http://127.0.0.1:1',
          maxRetries: 0,
          fetch: async () => toResponse(response),
        });
        const strays = watchStrayFailures();
        const seen = await readings[reading](client, request);
        expect(await strays.stop()).toBeUndefined();
        checkSeen(seen);
      },
    ),
  );

  fuzz(
    `${wire.name}: a reply in one piece is the same whether it was asked for so or as a stream`,
    fc.asyncProperty(replies, requests, headers, async (body, request, head) => {
      // A stream is told from JSON by its first byte that is no space; a byte-order mark makes it neither.
      fc.pre(body.find((byte) => byte > 0x20) === 0x7b);
      const fetch = async () => new Response(new Uint8Array(body), { headers: head });
      const client = createClient({ apiKey: 'sk-fuzz', baseURL: 'http://127.0.0.1:1', maxRetries: 0, fetch });
      const [asked, streamed] = [
        await readings.chat(client, request),
        await readings.response(client, request),
      ];
      expect(described(streamed)).toEqual(described(asked));
    }),
  );
}

interface AnyResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly pieces: readonly Uint8Array[];
  /** Whether the connection breaks after the last piece. */
  readonly breaks: boolean;
}

function anyResponse({ streams, replies }: Pick<Bodies, 'streams' | 'replies'>): Arbitrary<AnyResponse> {
  return fc
    .record({
      status: fc.constantFrom(...successes, ...successes, ...failures),
      headers,
      body: fc.oneof(streams, replies),
      cuts: anyCuts,
      breaks: fc.boolean(),
    })
    .map(({ body, cuts, ...rest }) => ({ ...rest, pieces: cutBytes(body, cuts) }));
}

/** A body that brings one piece each time it is asked. */
function toResponse({ status, headers: head, pieces, breaks }: AnyResponse): Response {
  if (status === 204) return new Response(null, { status, headers: head });
  const left = pieces.filter(({ length }) => length > 0);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece) controller.enqueue(new Uint8Array(piece));
      else if (breaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return new Response(body, { status, headers: head });
}

type Read = (client: Client, request: ChatRequest, options?: CallOptions) => Promise<Seen>;

/** The ways in which callers read a call; those that leave early see no end. */
const readings = {
  chat: (client, request) => attemptLater(async () => ({ response: await client.chat(request) })),
  response: (client, request) =>
    attemptLater(async () => ({ response: await client.stream(request).response() })),
  embed: (client, { model }) =>
    attemptLater(async () => ({ response: await client.embed({ model, input: ['one', 'two'] }) })),
  async loop(client, request) {
    const events: Seen['events'] & unknown[] = [];
    const stream = client.stream(request);
    const seen = await attemptLater(async () => {
      for await (const event of stream) events.push(event);
      return {};
    });
    // What was read as JSON may fail after the events have ended well.
    const whole = await attemptLater(async () => ({ response: await stream.response() }));
    return { events, ...(seen.error === undefined && request.responseFormat ? {} : whole), ...seen };
  },
  texts: (client, request) =>
    attemptLater(async () => {
      for await (const text of client.stream(request).textStream) expect(text).toBeTypeOf('string');
      return {};
    }),
  left: (client, request) =>
    attemptLater(async () => {
      for await (const _ of client.stream(request)) break;
      return {};
    }),
} satisfies Record<string, Read>;

const anyReading = fc.constantFrom(...(Object.keys(readings) as (keyof typeof readings)[]));

function attempt(read: () => Seen['response']): Seen {
  try {
    return { response: read() };
  } catch (error) {
    return { error };
  }
}

async function attemptLater(read: () => Promise<Seen>): Promise<Seen> {
  try {
    return await read();
  } catch (error) {
    return { error };
  }
}

/** Without what a reply that was streamed does not say, such as all of several answers. */
function described({ response, error }: Seen): unknown {
  if (QwireError.is(error)) return { ...error.toJSON() };
  if (response === undefined || !('choices' in response)) return response;
  const { choices: _, raw: __, ...rest } = response;
  return rest;
}
