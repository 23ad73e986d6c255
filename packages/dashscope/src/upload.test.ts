import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, type Interceptor, QwireError } from '@qwire/core';
import { afterEach, expect, test } from 'vitest';
import { createDashScope } from './create-dashscope.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface StoreOptions {
  readonly policy?: Readonly<Record<string, unknown>>;
  /** Beside the id and the policy. */
  readonly leave?: Readonly<Record<string, unknown>>;
  readonly store?: { readonly status: number; readonly body: string };
}

/** A service that gives leave, and the store that it names. */
async function service(
  { policy = {}, leave = {}, store = { status: 200, body: '' } }: StoreOptions = {},
  interceptors: readonly Interceptor[] = [],
) {
  const seen: Seen[] = [];
  const keep = (answer: RequestListener): RequestListener => {
    return async (incoming, outgoing) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
      const { method, url, headers } = incoming;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
      answer(incoming, outgoing);
    };
  };
  const host = await listen(keep((_, outgoing) => outgoing.writeHead(store.status).end(store.body)));
  const data = {
    policy: 'eyJ9',
    signature: 'c2ln',
    upload_dir: 'dashscope-instant/8c1f',
    upload_host: host,
    expire_in_seconds: 300,
    max_file_size_mb: 1,
    oss_access_key_id: 'store-access',
    x_oss_object_acl: 'private',
    x_oss_forbid_overwrite: 'true',
    ...policy,
  };
  const baseURL = await listen(
    keep((_, outgoing) => outgoing.end(JSON.stringify({ request_id: 'r-1', data, ...leave }))),
  );
  const qwen = createDashScope({
    apiKey: 'sk-secret',
    baseURL,
    headers: { 'X-Own': 'mine' },
    maxRetries: 0,
    interceptors,
  });
  return { qwen, seen };
}

const bytes = new TextEncoder().encode('moving pictures');
const tower = { model: 'qwen3-vl-plus', file: bytes, name: 'tower.mp4' };

test('bytes go to the store under the key that the service named, the file last', async () => {
  const { qwen, seen } = await service();
  const uploaded = await qwen.upload(tower);
  expect(uploaded).toEqual({ url: 'oss://dashscope-instant/8c1f/tower.mp4', requestId: 'r-1' });
  const [leave, form] = seen;
  expect(leave).toMatchObject({ method: 'GET', url: '/api/v1/uploads?action=getPolicy&model=qwen3-vl-plus' });
  expect(form?.method).toBe('POST');
  const names = [...(form?.body ?? '').matchAll(/ name="([^"]+)"/g)].map(([, name]) => name);
  expect(names).toEqual([
    'OSSAccessKeyId',
    'Signature',
    'policy',
    'x-oss-object-acl',
    'x-oss-forbid-overwrite',
    'key',
    'success_action_status',
    'file',
  ]);
  expect(form?.body).toContain('moving pictures');
});

test('the key and the own headers go to the service, never to the store', async () => {
  const { qwen, seen } = await service();
  await qwen.upload(tower);
  const [leave, form] = seen;
  expect(leave?.headers).toMatchObject({ authorization: 'Bearer sk-secret', 'x-own': 'mine' });
  expect(form?.headers).not.toHaveProperty('authorization');
  expect(JSON.stringify(form)).not.toMatch(/sk-secret|mine/);
});

test('a refusal of the store carries its code, message and id', async () => {
  const body =
    '<Error><Code>AccessDenied</Code><Message>Policy expired.</Message><RequestId>65F0</RequestId></Error>';
  const { qwen } = await service({ store: { status: 403, body } });
  await expect(qwen.upload(tower)).rejects.toMatchObject({
    kind: 'permission-denied',
    code: 'AccessDenied',
    message: 'Policy expired.',
    requestId: '65F0',
    status: 403,
  });
});

test('a refusal of the leave with status 200 carries its code, message and id', async () => {
  const leave = { code: 'Throttling.RateQuota', message: 'Too many requests.', data: undefined };
  const { qwen } = await service({ leave });
  await expect(qwen.upload(tower)).rejects.toMatchObject({
    kind: 'rate-limited',
    code: 'Throttling.RateQuota',
    requestId: 'r-1',
    retryable: true,
  });
});

test('a file that is larger than the store takes is not sent', async () => {
  const { qwen, seen } = await service();
  const file = new Uint8Array(1024 * 1024 + 1);
  await expect(qwen.upload({ ...tower, file })).rejects.toMatchObject({
    kind: 'invalid-request',
    field: 'file',
  });
  expect(seen).toHaveLength(1);
});

test.each([
  ['without protection', 'http://store.example'],
  ['that is no address', 'store'],
])('bytes are not sent to a host %s', async (_, upload_host) => {
  const { qwen } = await service({ policy: { upload_host } });
  await expect(qwen.upload(tower)).rejects.toMatchObject({ kind: 'invalid-response' });
});

test.each<[string, object]>([
  ['model', { model: ' ' }],
  ['name', { name: '../keys' }],
  ['name', { name: '..' }],
  ['file', { file: 'moving pictures' }],
])('%s is checked before anything is sent', async (field, wrong) => {
  const { qwen, seen } = await service();
  await expect(qwen.upload({ ...tower, ...wrong })).rejects.toMatchObject({ kind: 'invalid-request', field });
  expect(seen).toEqual([]);
});

test('interceptors see an upload once, by its model and without its bytes', async () => {
  const calls: Call[] = [];
  const note: Interceptor = (next) => (call) => {
    calls.push(call);
    return next(call);
  };
  const { qwen, seen } = await service({}, [note]);
  const options = { headers: { 'X-Call': 'one' } };
  expect(await qwen.upload(tower, options)).toMatchObject({ requestId: 'r-1' });
  expect(calls).toEqual([
    {
      operation: 'other',
      name: 'upload',
      request: { model: 'qwen3-vl-plus' },
      options,
      wire: 'dashscope',
      workspace: undefined,
    },
  ]);
  expect(seen).toHaveLength(2);
  expect(seen[0]?.headers).toMatchObject({ 'x-call': 'one' });
});

test('an interceptor may name another model for an upload, or refuse it before the network', async () => {
  const swap: Interceptor = (next) => (call) =>
    call.operation === 'other' ? next({ ...call, request: { model: 'qwen-vl-max' } }) : next(call);
  const swapped = await service({}, [swap]);
  await swapped.qwen.upload(tower);
  expect(swapped.seen[0]?.url).toContain('model=qwen-vl-max');

  const refusal = new QwireError('Not here', { kind: 'permission-denied' });
  const refused = await service({}, [() => () => Promise.reject(refusal)]);
  await expect(refused.qwen.upload(tower)).rejects.toBe(refusal);
  expect(refused.seen).toEqual([]);
});

test('a call that an interceptor answers itself, or makes an upload of, is no reply', async () => {
  const answered = await service({}, [() => async () => ({ operation: 'other', response: 'mine' })]);
  await expect(answered.qwen.upload(tower)).rejects.toThrow('An interceptor answered upload itself');
  const made: Interceptor = (next) => (call) =>
    next({ ...call, operation: 'other', name: 'upload', request: { model: 'm' } });
  const { qwen } = await service({}, [made]);
  const chat = qwen.chat({ model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] });
  await expect(chat).rejects.toThrow('An interceptor made upload of another call');
});
