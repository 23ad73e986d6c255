import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEmulator, type EmulatorConfig, type RunningEmulator } from '../index.ts';

const model = 'qwen3-vl-plus';
const config = {
  region: 'singapore',
  workspaces: [
    { id: 'llm-default', apiKeys: ['sk-default'], models: '*' },
    { id: 'llm-text', apiKeys: ['sk-text'], models: ['qwen-plus'] },
  ],
  replies: [{ text: 'A tower.' }],
} satisfies EmulatorConfig;
let now = Date.UTC(2026, 10, 23);
const emulator = createEmulator(config, { now: () => now });
let running: RunningEmulator;

beforeAll(async () => {
  running = await emulator.listen();
});
afterEach(() => emulator.reset());
afterAll(() => running.close());

const file = new Uint8Array([1, 2, 3]);
const client = (baseURL = running.baseURLs.dashscope) =>
  createDashScope({ baseURL, apiKey: 'sk-default', maxRetries: 0 });
const looking = (image: string, at = model) => ({
  model: at,
  messages: [{ role: 'user' as const, content: [{ type: 'image' as const, image }] }],
});

test('a file that was uploaded is looked at on both wires, and an upload is not billed', async () => {
  const { url, requestId } = await client().upload({ model, file, name: 'Türm 1.png' });
  expect(requestId).toBe(emulator.requests[0]?.requestId);
  expect(emulator.usage()).toEqual([]);
  expect((await client().chat(looking(url))).text).toBe('A tower.');
  expect((await client().chat(looking(new URL(url).href))).text).toBe('A tower.');
  const baseURL = running.baseURLs['openai-compatible'];
  const compatible = createOpenAICompatible({ baseURL, apiKey: 'sk-default', maxRetries: 0 });
  expect((await compatible.chat(looking(url))).text).toBe('A tower.');
});

test('a client in the same process uploads too', async () => {
  const qwen = createDashScope({ region: 'singapore', apiKey: 'sk-default', fetch: emulator.fetch });
  const { url } = await qwen.upload({ model, file: new Blob([file]), name: 'a.png' });
  expect((await qwen.chat(looking(url))).text).toBe('A tower.');
});

test('a file is kept for the model that it was uploaded for, for 48 hours', async () => {
  const { url } = await client().upload({ model, file, name: 'a.png' });
  await expect(client().chat(looking(url, 'qwen-vl-max'))).rejects.toThrow(/Don't have authorization/);
  now += 48 * 60 * 60 * 1000;
  await expect(client().chat(looking(url))).rejects.toThrow(/Failed to download/);
});

test('an address that was never uploaded stands for a file, unless a quirk says otherwise', async () => {
  const url = 'oss://dashscope-instant/elsewhere/a.png';
  expect((await client().chat(looking(url))).text).toBe('A tower.');
  const strict = createEmulator({ ...config, quirks: { unknownUploads: 'refuse' } });
  const qwen = createDashScope({ region: 'singapore', apiKey: 'sk-default', fetch: strict.fetch });
  await expect(qwen.chat(looking(url))).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Failed to download multimodal content.'),
  });
});

async function ask(query: string, apiKey = 'sk-default', method = 'GET') {
  const response = await fetch(`${running.baseURLs.dashscope}/uploads?${query}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test.each([
  ['a wrong key', `action=getPolicy&model=${model}`, 'sk-wrong', 401, 'InvalidApiKey'],
  ['a model that was not granted', `action=getPolicy&model=${model}`, 'sk-text', 403, 'Model.AccessDenied'],
  ['a model that there is not', 'action=getPolicy&model=qwen-pls', 'sk-default', 404, 'ModelNotFound'],
  ['no model', 'action=getPolicy', 'sk-default', 400, 'BadRequest.EmptyModel'],
  ['another action', `action=list&model=${model}`, 'sk-default', 400, 'InvalidParameter'],
])('leave to upload is refused for %s', async (_, query, apiKey, status, code) => {
  expect(await ask(query, apiKey)).toMatchObject({ status, body: { code } });
  expect(emulator.requests).toMatchObject([{ status, code, outcome: 'failed' }]);
  expect(emulator.usage()).toEqual([]);
});

test('leave to upload is not posted for', async () => {
  const { body } = await ask(`action=getPolicy&model=${model}`, 'sk-default', 'POST');
  expect(body).toMatchObject({ message: "Request method 'POST' is not supported." });
});

interface Leave extends Record<string, unknown> {
  readonly upload_host: string;
  readonly upload_dir: string;
}

async function leave(): Promise<Leave> {
  return (await ask(`action=getPolicy&model=${model}`)).body.data as Leave;
}

async function post(given: Leave, fields: Readonly<Record<string, string | undefined>>, order = fileLast) {
  const form = new FormData();
  const all: Readonly<Record<string, unknown>> = {
    OSSAccessKeyId: given.oss_access_key_id,
    Signature: given.signature,
    policy: given.policy,
    'x-oss-object-acl': given.x_oss_object_acl,
    'x-oss-forbid-overwrite': given.x_oss_forbid_overwrite,
    key: `${given.upload_dir}/a.png`,
    ...fields,
  };
  for (const name of order(Object.keys(all))) {
    if (name === 'file') form.append('file', new Blob([file]), 'a.png');
    else if (typeof all[name] === 'string') form.append(name, all[name]);
  }
  const response = await fetch(given.upload_host, { method: 'POST', body: form });
  return { status: response.status, text: await response.text() };
}
const fileLast = (names: readonly string[]): readonly string[] => [...names, 'file'];

test('leave names what the form is to hold', async () => {
  const given = await leave();
  expect(given).toEqual({
    policy: expect.stringMatching(/^[\w+/]+=*$/),
    signature: expect.stringMatching(/^[\w+/]+=$/),
    upload_dir: expect.stringMatching(/^dashscope-instant\/emulator\/2026-11-\d\d\/[0-9a-f-]{36}$/),
    upload_host: `${running.url}/temporary-store`,
    expire_in_seconds: 300,
    max_file_size_mb: 100,
    capacity_limit_mb: 999_999_999,
    oss_access_key_id: 'LTAI-emulator',
    x_oss_object_acl: 'private',
    x_oss_forbid_overwrite: 'true',
  });
  expect(await post(given, {})).toEqual({ status: 204, text: '' });
});

test.each([
  ['a signature of another', { Signature: 'YQ==' }, 403, 'SignatureDoesNotMatch'],
  ['a policy of another', { policy: 'e30=' }, 403, 'SignatureDoesNotMatch'],
  ['an access key of another', { OSSAccessKeyId: 'LTAI-other' }, 403, 'InvalidAccessKeyId'],
  ['no key', { key: undefined }, 400, 'InvalidArgument'],
  ['a key in another folder', { key: 'dashscope-instant/a.png' }, 403, /starts-with/],
  ['a key deeper in the folder', { key: undefined, deeper: 'b/a.png' }, 403, 'AccessDenied'],
  ['another permission', { 'x-oss-object-acl': 'public-read' }, 403, /"eq","\$x-oss-object-acl","private"/],
])(
  'the store refuses %s',
  async (_, { deeper, ...fields }: Readonly<Record<string, string | undefined>>, status, words) => {
    const given = await leave();
    const key = deeper === undefined ? {} : { key: `${given.upload_dir}/${deeper}` };
    const sent = await post(given, { ...fields, ...key });
    expect(sent.status).toBe(status);
    expect(sent.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error>\n {2}<Code>/);
    expect(sent.text).toMatch(words);
  },
);

test('the store refuses a leave that is over', async () => {
  const given = await leave();
  now += 300_000;
  const { status, text } = await post(given, {});
  expect([status, text]).toEqual([
    403,
    expect.stringContaining('Invalid according to Policy: Policy expired.'),
  ]);
});

test('the store refuses a second file of the same name', async () => {
  const given = await leave();
  await post(given, {});
  expect(await post(given, {})).toMatchObject({
    status: 409,
    text: expect.stringContaining('<Code>FileAlreadyExists</Code>'),
  });
});

test.each([
  ['whose file is not the last field', (names: readonly string[]) => ['file', ...names]],
  ['without a file', (names: readonly string[]) => names],
])('the store refuses a form %s', async (_, order) => {
  const { status, text } = await post(await leave(), {}, order);
  expect([status, text]).toEqual([400, expect.stringContaining('<Code>MalformedPOSTRequest</Code>')]);
});

test('the store refuses what is no form', async () => {
  const { upload_host } = await leave();
  const response = await fetch(upload_host, { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('MalformedPOSTRequest'),
  ]);
});

test('what the store refuses reaches the caller of upload() as one of its errors', async () => {
  const swap = async (input: URL | RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init);
    // The form arrives when its leave is over.
    if (request.method === 'POST') now += 300_000;
    return fetch(request);
  };
  const qwen = createDashScope({
    baseURL: running.baseURLs.dashscope,
    apiKey: 'sk-default',
    maxRetries: 0,
    fetch: swap,
  });
  await expect(qwen.upload({ model, file, name: 'a.png' })).rejects.toMatchObject({
    kind: 'permission-denied',
    code: 'AccessDenied',
    status: 403,
    message: expect.stringContaining('Policy expired'),
  });
});
