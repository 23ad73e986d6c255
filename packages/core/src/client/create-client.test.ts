import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type Capabilities, capabilityKeys } from '../capability.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { ClientOptions, Interceptor } from '../client.ts';
import { createChoice, createResponse, unreportedUsage } from '../collect-response.ts';
import { EventWriter } from '../event-writer.ts';
import { QwireError } from '../qwire-error.ts';
import type { WireFormat } from '../wire-format.ts';
import { createClient } from './create-client.ts';

/** A third wire, which core has never heard of: text in, text out. */
const toyWire: WireFormat = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: Object.fromEntries(capabilityKeys.map((key) => [key, true])) as Capabilities,
  writeChat: (request, { stream }) => ({
    path: '/say',
    headers: {},
    body: { ...request, stream },
    warnings: [{ message: 'toy' }],
  }),
  readChat: (body) =>
    createResponse(
      [
        createChoice({
          text: body,
          reasoning: undefined,
          toolCalls: [],
          finishReason: 'stop',
          rawFinishReason: 'stop',
        }),
      ],
      { usage: unreportedUsage, sources: [], warnings: [], requestId: undefined, model: 'm', raw: body },
    ),
  writeEmbed: (request) => ({ path: '/embed', headers: {}, body: { ...request }, warnings: [] }),
  readEmbed: (body) => ({
    embeddings: [{ index: 0, vector: [body.length] }],
    usage: unreportedUsage,
    warnings: [],
    requestId: undefined,
    model: 'm',
    raw: body,
  }),
  createStreamReader({ emit }) {
    const writer = new EventWriter(emit);
    let done = false;
    return {
      get done() {
        return done;
      },
      raw: undefined,
      end: () => writer.end(),
      read({ data }) {
        if (data === 'throttled')
          throw new QwireError('slow down', { kind: 'rate-limited', retryable: true, retryAfterMs: 1 });
        writer.start('r', 'm');
        if (data === 'end') {
          writer.finish('stop', 'stop');
          done = true;
        } else writer.text(data);
      },
    };
  },
  readError: ({ status, body }) =>
    new QwireError(body, { kind: 'unavailable', status, retryable: status === 503, retryAfterMs: 1 }),
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function address(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function client(listener: RequestListener, options: ClientOptions = {}) {
  return createClient(toyWire, { apiKey: 'sk-secret', baseURL: await address(listener), ...options });
}

const request = { model: 'm', messages: [{ role: 'user', content: 'hi' }] } as const;

async function collect(events: AsyncIterable<ChatEvent>) {
  const seen: ChatEvent[] = [];
  const error = await (async () => {
    for await (const event of events) seen.push(event);
  })().catch((cause: unknown) => cause);
  return { text: seen.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])), error };
}

/** A server that counts its requests and answers each from the list, the last one again and again. */
function answers(...replies: readonly RequestListener[]): {
  readonly listener: RequestListener;
  readonly count: () => number;
} {
  let count = 0;
  return {
    count: () => count,
    listener: (incoming, outgoing) => {
      const reply = replies[Math.min(count, replies.length - 1)];
      count += 1;
      reply?.(incoming, outgoing);
    },
  };
}

const ok: RequestListener = (_, outgoing) => outgoing.end('fine');
const stalls: RequestListener = () => {};
const unavailable: RequestListener = (_, outgoing) =>
  outgoing.writeHead(503, { 'x-request-id': 'id-1' }).end('busy');
const refuses: RequestListener = (_, outgoing) => outgoing.writeHead(400).end('no');

function streams(...frames: readonly string[]): RequestListener {
  return (_, outgoing) => {
    for (const frame of frames) outgoing.write(`data: ${frame}\n\n`);
    outgoing.end();
  };
}

function streamsThenStalls(...frames: readonly string[]): RequestListener {
  return (_, outgoing) => {
    for (const frame of frames) outgoing.write(`data: ${frame}\n\n`);
  };
}

test('sends the key in its header, the request in the body, and brings the warnings', async () => {
  let seen: unknown;
  const qwen = await client((incoming, outgoing) => {
    const { url, method, headers } = incoming;
    seen = { url, method, key: headers.authorization, type: headers['content-type'], own: headers['x-own'] };
    outgoing.end('fine');
  });
  const reply = await qwen.chat(request, { headers: { 'X-Own': '1' } });
  expect(reply).toMatchObject({ text: 'fine', warnings: [{ message: 'toy' }] });
  expect(seen).toEqual({
    url: '/toy/say',
    method: 'POST',
    key: 'Bearer sk-secret',
    type: 'application/json',
    own: '1',
  });
});

test('a missing key is refused before the network and names the variable', async () => {
  const fetch = vi.fn();
  vi.stubEnv('DASHSCOPE_API_KEY', '');
  const qwen = createClient(toyWire, { baseURL: 'http://127.0.0.1:1', fetch });
  await expect(qwen.chat(request)).rejects.toMatchObject({
    kind: 'configuration',
    hint: expect.stringContaining('DASHSCOPE_API_KEY'),
  });
  expect(fetch).not.toHaveBeenCalled();
  vi.unstubAllEnvs();
});

test('a key with a line end inside is refused without being quoted', async () => {
  const qwen = createClient(toyWire, { baseURL: 'http://127.0.0.1:1', apiKey: 'sk-one\nsk-two' });
  const error: unknown = await qwen.chat(request).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'configuration', field: 'apiKey' });
  expect(JSON.stringify(error)).not.toContain('sk-one');
});

test.each<[string, ClientOptions]>([
  ['the workspace', { apiKey: 'own-0123456789', workspaceId: 'own-0123456789', region: 'singapore' }],
  ['the base URL', { baseURL: 'https://gateway.example/sk-0123456789/v1' }],
])('a key as %s is refused before it is in an address', async (_, options) => {
  const fetch = vi.fn();
  const logger = { debug: vi.fn(), warn: vi.fn() };
  const qwen = createClient(toyWire, { apiKey: 'sk-0123456789', fetch, logger, ...options });
  const error: unknown = await qwen.chat(request).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'configuration', field: 'baseURL' });
  expect([fetch.mock.calls, logger.debug.mock.calls]).toEqual([[], []]);
});

test('a reply that is not the JSON asked for shows no key, though it repeats it', async () => {
  const qwen = await client((incoming, outgoing) => outgoing.end(`key: ${incoming.headers.authorization}`));
  const messages = [{ role: 'user', content: 'Answer in JSON.' }] as const;
  const asked = { ...request, messages, responseFormat: 'json' } as const;
  await expect(qwen.chat(asked)).rejects.toMatchObject({ text: 'key: Bearer [key]' });
  const own = { headers: { Authorization: 'Bearer own-0123456789' } };
  await expect(qwen.chat(asked, own)).rejects.toMatchObject({ text: 'key: Bearer [key]' });
  expect((await qwen.chat(request)).text).toBe('key: Bearer sk-secret');
});

test('what is no request at all is called so', async () => {
  const qwen = createClient(toyWire, { apiKey: 'k', baseURL: 'http://127.0.0.1:1' });
  const error = { kind: 'invalid-request', field: 'request', message: 'request: must be an object' };
  await expect(qwen.chat(null as never)).rejects.toMatchObject(error);
  await expect(qwen.embed(null as never)).rejects.toMatchObject(error);
});

test('a header without a value is named', () => {
  const headers = { 'X-Team': undefined } as unknown as Record<string, string>;
  expect(() => createClient(toyWire, { headers })).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'headers.X-Team' }),
  );
});

test('text among options is not quoted', () => {
  const options = { headers: 'Authorization: Bearer odd-0123456789' } as unknown as ClientOptions;
  expect(() => createClient(toyWire, options)).toThrow(/^headers: must be .*, got other text$/);
});

test('unknown options are refused by name', async () => {
  expect(() => createClient(toyWire, { apikey: 'x' } as ClientOptions)).toThrow(/apikey.*Known: apiKey/);
  const qwen = await client(ok);
  await expect(qwen.chat(request, { timeout: 1 } as never)).rejects.toMatchObject({
    kind: 'configuration',
    field: 'timeout',
  });
});

test.each<[string, object]>([
  ['headers', { headers: 'x-own: 1' }],
  ['headers.x-own', { headers: { 'x-own': 1 } }],
  ['logger', { logger: () => {} }],
  ['maxRetries', { maxRetries: -1 }],
  ['timeouts.idleMs', { timeouts: { idleMs: 0 } }],
  ['timeouts.idle', { timeouts: { idle: 5 } }],
  ['workspaceIn', { workspaceIn: 'query' }],
  ['interceptors', { interceptors: [{}] }],
  ['apiKey', { apiKey: 7 }],
])('the option %s is refused when it is %j', (field, options) => {
  expect(() => createClient(toyWire, options)).toThrow(
    expect.objectContaining({ kind: 'configuration', field }),
  );
});

test('a time limit that is undefined is one that is not given', async () => {
  const slow: RequestListener = (_, outgoing) => void setTimeout(() => outgoing.end('fine'), 50);
  const qwen = await client(slow, { timeouts: { firstEventMs: undefined, totalMs: undefined } as never });
  expect((await qwen.chat(request)).text).toBe('fine');
});

test('repeats what is retryable and no more often than asked', async () => {
  const twice = answers(unavailable, unavailable, ok);
  expect((await (await client(twice.listener)).chat(request)).text).toBe('fine');
  expect(twice.count()).toBe(3);
  const once = answers(unavailable);
  const qwen = await client(once.listener, { maxRetries: 1 });
  await expect(qwen.chat(request)).rejects.toMatchObject({
    kind: 'unavailable',
    status: 503,
    requestId: 'id-1',
  });
  expect(once.count()).toBe(2);
});

test('does not repeat what is not retryable', async () => {
  const server = answers(refuses, ok);
  await expect((await client(server.listener)).chat(request)).rejects.toMatchObject({ status: 400 });
  expect(server.count()).toBe(1);
});

test('repeats a stream that fails before its first event, and never after', async () => {
  const before = answers(streams('throttled'), streams('a', 'end'));
  expect((await collect((await client(before.listener)).stream(request))).text).toEqual(['a']);
  expect(before.count()).toBe(2);
  const after = answers(streams('a', 'throttled'), streams('a', 'end'));
  const { text, error } = await collect((await client(after.listener)).stream(request));
  expect([text, error]).toMatchObject([['a'], { kind: 'rate-limited' }]);
  expect(after.count()).toBe(1);
});

test.each([
  ['connectMs', stalls, true],
  ['firstEventMs', stalls, false],
  ['firstEventMs', streamsThenStalls(), true],
  ['idleMs', streamsThenStalls('a'), true],
  ['totalMs', streamsThenStalls('a'), true],
] as const)('%s ends what stalls', async (limit, listener, stream) => {
  const qwen = await client(listener, { maxRetries: 0, timeouts: { [limit]: 40 } });
  const error = stream
    ? (await collect(qwen.stream(request))).error
    : await qwen.chat(request).catch((cause) => cause);
  expect(error).toMatchObject({ kind: 'timeout', timeout: limit });
});

test('a fetch that does not heed its signal keeps nobody waiting', async () => {
  const qwen = createClient(toyWire, {
    apiKey: 'k',
    baseURL: 'http://127.0.0.1:1',
    fetch: () => new Promise(() => {}),
    timeouts: { totalMs: 20 },
  });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'timeout', timeout: 'totalMs' });
});

test('a response that comes after the call was given up is let go of', async () => {
  const cancelled = vi.fn();
  const late = async () => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return new Response(new ReadableStream({ cancel: cancelled }));
  };
  const qwen = createClient(toyWire, {
    apiKey: 'k',
    baseURL: 'http://127.0.0.1:1',
    fetch: late,
    timeouts: { totalMs: 10 },
  });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'timeout' });
  await vi.waitFor(() => expect(cancelled).toHaveBeenCalled());
});

test('the time limit for the whole call ends the wait between tries', async () => {
  const busy = new QwireError('busy', { kind: 'unavailable', retryable: true, retryAfterMs: 5_000 });
  const qwen = createClient(
    { ...toyWire, readError: () => busy },
    {
      apiKey: 'k',
      baseURL: 'http://127.0.0.1:1',
      fetch: async () => new Response('', { status: 503 }),
      timeouts: { totalMs: 30 },
    },
  );
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'timeout', timeout: 'totalMs' });
});

test('aborting keeps the reason, before and during a call', async () => {
  const reason = new Error('enough');
  const qwen = await client(streamsThenStalls('a'));
  await expect(qwen.chat(request, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
    kind: 'aborted',
    cause: reason,
  });
  const controller = new AbortController();
  const stream = qwen.stream(request, { signal: controller.signal });
  const error: unknown = await (async () => {
    for await (const event of stream) if (event.type === 'text-delta') controller.abort(reason);
  })().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'aborted', cause: reason });
  await expect(stream.response()).rejects.toMatchObject({ kind: 'aborted' });
});

test('leaving the loop early closes the connection', async () => {
  let closed: () => void = () => {};
  const seen = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const qwen = await client((incoming, outgoing) => {
    outgoing.on('close', closed);
    streamsThenStalls('a')(incoming, outgoing);
  });
  const stream = qwen.stream(request);
  for await (const event of stream) if (event.type === 'text-delta') break;
  await seen;
  await expect(stream.response()).rejects.toMatchObject({ kind: 'aborted' });
});

test('response() reads a stream that nobody reads, and equals what the loop saw', async () => {
  const qwen = await client(streams('a', 'b', 'end'));
  expect(await qwen.stream(request).response()).toMatchObject({
    text: 'ab',
    finishReason: 'stop',
    requestId: 'r',
    warnings: [{ message: 'toy' }],
  });
  const stream = qwen.stream(request);
  const texts: string[] = [];
  for await (const text of stream.textStream) texts.push(text);
  expect(texts).toEqual(['a', 'b']);
  expect((await stream.response()).text).toBe('ab');
});

test('leaving a stream that is waited for ends the wait without an error', async () => {
  const qwen = await client(streamsThenStalls('a'));
  const iterator = qwen.stream(request)[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  const waiting = iterator.next();
  await iterator.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('a fetch beside a transport is refused', () => {
  const transport = () => ({ response: Promise.reject(new Error('unused')), cancel: () => {} });
  expect(() => createClient(toyWire, { fetch, transport })).toThrow(/^transport: .*"fetch"/);
});

test('a stream is read once', async () => {
  const stream = (await client(streams('a', 'end'))).stream(request);
  await collect(stream);
  expect((await collect(stream)).error).toMatchObject({ kind: 'configuration' });
});

test('nothing is sent before a stream is read', async () => {
  const server = answers(streams('end'));
  const stream = (await client(server.listener)).stream(request);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.count()).toBe(0);
  await collect(stream);
  expect(server.count()).toBe(1);
});

test('an early end and a cut connection fail after what arrived', async () => {
  const early = await collect((await client(streams('a'))).stream(request));
  expect(early).toMatchObject({ text: ['a'], error: { kind: 'invalid-response' } });
  const cut = await collect(
    (
      await client((_, outgoing) => {
        outgoing.write('data: a\n\n', () => setTimeout(() => outgoing.destroy(), 10));
      })
    ).stream(request),
  );
  expect(cut).toMatchObject({
    text: ['a'],
    error: {
      kind: 'connection',
      requestId: 'r',
      message: expect.stringContaining('broke off'),
      hint: expect.stringContaining('again'),
    },
  });
});

test('a finished stream leaves its connection for the next', async () => {
  const sockets = new Set<unknown>();
  const qwen = await client((incoming, outgoing) => {
    sockets.add(incoming.socket);
    outgoing.write('data: a\n\ndata: end\n\n', () => setTimeout(() => outgoing.end(), 5));
  });
  for (let times = 0; times < 8; times += 1) await collect(qwen.stream(request));
  // One, unless the machine is so busy that the end of a body came late.
  expect(sockets.size).toBeLessThan(4);
});

test('a body whose end does not come holds up nobody', async () => {
  const qwen = await client(streamsThenStalls('a', 'end'));
  expect(await collect(qwen.stream(request))).toEqual({ text: ['a'], error: undefined });
});

test('a wire format that fails is not taken for a broken connection', async () => {
  const broken = new TypeError('a mistake in the reader');
  const server = answers(ok);
  const wire: WireFormat = {
    ...toyWire,
    readChat: () => {
      throw broken;
    },
  };
  const qwen = createClient(wire, { apiKey: 'sk-secret', baseURL: await address(server.listener) });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'invalid-response', cause: broken });
  expect(server.count()).toBe(1);
});

test('a certificate that is not trusted is not tried again', async () => {
  let tries = 0;
  const fetch = async () => {
    tries += 1;
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    });
  };
  const qwen = createClient(toyWire, { apiKey: 'k', baseURL: 'https://127.0.0.1:1', fetch });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'connection', retryable: false });
  expect(tries).toBe(1);
});

test('a refused connection is of kind connection', async () => {
  const qwen = createClient(toyWire, { apiKey: 'k', baseURL: 'http://127.0.0.1:1', maxRetries: 0 });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'connection', retryable: true });
});

test('a redirect is not followed', async () => {
  const paths: (string | undefined)[] = [];
  const qwen = await client((incoming, outgoing) => {
    paths.push(incoming.url);
    outgoing.writeHead(307, { location: '/elsewhere' }).end();
  });
  await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'invalid-response', status: 307 });
  expect(paths).toEqual(['/toy/say']);
});

test('the key is taken out of what the service says', async () => {
  const qwen = await client((_, outgoing) => outgoing.writeHead(401).end('bad key sk-secret'));
  await expect(qwen.chat(request)).rejects.toMatchObject({ message: 'bad key [key]' });
});

test('embeds by the same client, under the same interceptors', async () => {
  const operations: string[] = [];
  const seen: Interceptor = (next) => (call) => {
    operations.push(call.operation);
    return next(call);
  };
  const qwen = await client(ok, { interceptors: [seen] });
  const reply = await qwen.embed({ model: 'm', input: 'hi' });
  expect(reply.embeddings).toEqual([{ index: 0, vector: [4] }]);
  expect(operations).toEqual(['embed']);
  await expect(qwen.embed({ model: 'm', input: [] })).rejects.toMatchObject({ field: 'input' });
});

test('the limits for the first event grow by the time that the service may keep the call waiting', async () => {
  const slow: RequestListener = (_, outgoing) => {
    const timer = setTimeout(() => outgoing.end('fine'), 200);
    outgoing.on('close', () => clearTimeout(timer));
  };
  const qwen = await client(slow, { timeouts: { firstEventMs: 50 }, maxRetries: 0 });
  await expect(qwen.chat(request)).rejects.toMatchObject({ timeout: 'firstEventMs' });
  await expect(qwen.chat({ ...request, queueMs: 3_000 })).resolves.toMatchObject({ text: 'fine' });
});

test('interceptors wrap calls in order and see both operations', async () => {
  const log: string[] = [];
  const named =
    (name: string): Interceptor =>
    (next) =>
    async (call) => {
      log.push(`${name} ${call.operation} ${call.request.model}`);
      if (call.operation === 'embed' || call.operation === 'other') return next(call);
      return next(name === 'outer' ? { ...call, request: { ...call.request, model: 'changed' } } : call);
    };
  const qwen = await client(streams('a', 'end'), { interceptors: [named('outer'), named('inner')] });
  await qwen.stream(request).response();
  expect(log).toEqual(['outer stream m', 'inner stream changed']);
});

test.each<[string, Interceptor, RegExp]>([
  ['no function', () => undefined as never, /interceptor .* no function/],
  ['no result', () => async () => undefined as never, /interceptor answered chat with the result of nothing/],
])('an interceptor that gives %s is told so', async (_, interceptor, message) => {
  const qwen = await client(ok, { interceptors: [interceptor] });
  await expect(qwen.chat(request)).rejects.toThrow(message);
});

test('keys from a function are asked for at every try', async () => {
  const keys: (string | undefined)[] = [];
  let turn = 0;
  const qwen = await client(
    (incoming, outgoing) => {
      keys.push(incoming.headers.authorization);
      outgoing.writeHead(503).end();
    },
    {
      maxRetries: 1,
      apiKey: async () => {
        turn += 1;
        return `sk-${turn}`;
      },
    },
  );
  await qwen.chat(request).catch(() => {});
  expect(keys).toEqual(['Bearer sk-1', 'Bearer sk-2']);
});

test.each(['chat', 'stream'] as const)(
  'a %s that fetched its key is ended by its time limits',
  async (method) => {
    const cancel = vi.fn();
    const qwen = createClient(toyWire, {
      apiKey: async () => 'sk-0123456789',
      baseURL: 'http://127.0.0.1:1',
      transport: () => ({ response: new Promise(() => {}), cancel }),
      timeouts: { firstEventMs: 20 },
      maxRetries: 0,
    });
    const call = method === 'chat' ? qwen.chat(request) : qwen.stream(request).response();
    await expect(call).rejects.toMatchObject({ kind: 'timeout', timeout: 'firstEventMs' });
    expect(cancel).toHaveBeenCalledOnce();
  },
);

test.each(['chat', 'stream', 'left stream', 'failed'] as const)(
  'a %s lets go of its timers and of the signal',
  async (ending) => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...call: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, call);
    };
    signal.removeEventListener = (...call: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, call);
    };
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const qwen = await client(ending === 'failed' ? refuses : streams('a', 'end'), {
      timeouts: { totalMs: 60_000 },
    });
    if (ending === 'chat') await qwen.chat(request, { signal });
    else if (ending === 'left stream') for await (const _ of qwen.stream(request, { signal })) break;
    else await collect(qwen.stream(request, { signal }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(listeners).toBe(0);
    // A timer of the platform's own may have gone off meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  },
);
