import { QwireError } from '@qwire/core';
import { expect, test } from 'vitest';
import { createFakeClient, type FakeAnswer, type FakeClient, helloAnswer } from '../../test/fake-client.ts';
import { createApp, maxBodyBytes } from './create-app.ts';

interface Setup {
  readonly client: FakeClient;
  readonly failures: unknown[];
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
}

function setUp(answer: FakeAnswer = helloAnswer): Setup {
  const client = createFakeClient('dashscope', answer);
  const failures: unknown[] = [];
  const app = createApp(
    {
      service: 'A fake',
      workspaces: [{ name: 'marketing', id: 'llm-marketing', granted: ['qwen-plus'], clients: [client] }],
      models: [{ id: 'qwen-plus' }, { id: 'qwen-max' }],
      onFailure: (error) => failures.push(error),
    },
    new Set(['localhost']),
  );
  const request = async (path: string, { headers, ...init }: RequestInit = {}) =>
    app.request(path, { ...init, headers: { host: 'localhost:4020', ...headers } });
  return { client, failures, request };
}

function post(body: object, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

const body = {
  workspace: 'marketing',
  wire: 'dashscope',
  model: 'qwen-plus',
  messages: [{ role: 'user', content: 'Hello' }],
};

async function lines(response: Response): Promise<readonly unknown[]> {
  const text = await response.text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('the page learns the workspaces, wires, models and tools', async () => {
  const response = await setUp().request('/api/console');
  expect(await response.json()).toMatchObject({
    service: 'A fake',
    wires: ['dashscope'],
    workspaces: [
      {
        name: 'marketing',
        id: 'llm-marketing',
        models: [
          { id: 'qwen-plus', images: false, granted: true },
          { id: 'qwen-max', images: false, granted: false },
        ],
      },
    ],
    tools: [{ name: 'get_weather' }, { name: 'get_time' }],
  });
});

test('an answer comes as lines of JSON', async () => {
  const { request } = setUp();
  const response = await request('/api/chat', post(body));
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const received = await lines(response);
  expect(received.slice(2, -2)).toEqual(helloAnswer);
  expect(received.at(-1)).toEqual({ type: 'chat-end' });
});

test('only what was chosen is asked of the model', async () => {
  const { request, client } = setUp();
  await (await request('/api/chat', post(body))).text();
  await (await request('/api/chat', post({ ...body, thinking: false, tools: ['get_weather'] }))).text();
  expect(client.requests[0]).toEqual({ model: 'qwen-plus', messages: body.messages });
  expect(client.requests[1]).toMatchObject({ thinking: false, tools: [{ name: 'get_weather' }] });
});

test('a refusal of the service is the last line', async () => {
  const refused = new QwireError('Model access denied.', {
    kind: 'permission-denied',
    status: 403,
    hint: 'Grant it.',
  });
  const { request, failures } = setUp([refused]);
  const response = await request('/api/chat', post(body));
  expect(response.status).toBe(200);
  expect((await lines(response)).at(-1)).toMatchObject({
    type: 'error',
    error: { kind: 'permission-denied', status: 403, hint: 'Grant it.', retryable: false },
  });
  expect(failures).toEqual([]);
});

test('a failure of the console itself is reported on the server only', async () => {
  const { request, failures } = setUp([new Error('inner words')]);
  const text = await (await request('/api/chat', post(body))).text();
  expect(text).not.toContain('inner words');
  expect(failures).toHaveLength(1);
});

test('leaving the answer aborts the call', async () => {
  const { request, client } = setUp([...helloAnswer, 'hang']);
  const response = await request('/api/chat', post(body));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(client.signals[0]?.aborted).toBe(true);
});

test('what does not exist is named', async () => {
  const { request } = setUp();
  const wrong = [{ workspace: 'sales' }, { wire: 'telex' }, { tools: ['get_news'] }, { model: 5 }];
  for (const change of wrong) {
    const response = await request('/api/chat', post({ ...body, ...change }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { field: Object.keys(change)[0] } });
  }
  expect((await request('/api/keys')).status).toBe(404);
});

test('a request to another host name or from another origin is turned away', async () => {
  const { request, client } = setUp();
  const elsewhere = [
    { host: 'rebound.example:4020' },
    { host: '' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'http://localhost:4021' },
  ];
  for (const headers of elsewhere) {
    expect((await request('/api/chat', post(body, headers))).status).toBe(403);
  }
  expect(client.requests).toEqual([]);
  const own = await request('/api/chat', post(body, { origin: 'http://localhost:4020' }));
  expect(own.status).toBe(200);
});

test('a form of another site cannot call', async () => {
  const response = await setUp().request('/api/chat', post(body, { 'content-type': 'text/plain' }));
  expect(response.status).toBe(415);
});

test('a body beyond the limit is refused with what to do', async () => {
  const { request } = setUp();
  const large = { ...body, messages: [{ role: 'user', content: 'x'.repeat(maxBodyBytes) }] };
  const response = await request('/api/chat', post(large));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: { hint: expect.stringContaining('Clear') } });
});

test('every response forbids scripts from elsewhere, framing and sniffing', async () => {
  const { request } = setUp();
  for (const path of ['/api/console', '/api/nothing']) {
    const { headers } = await request(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
  }
});
