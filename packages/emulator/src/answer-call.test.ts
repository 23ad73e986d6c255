import { expect, test } from 'vitest';
import type { EmulatorConfig } from './config.ts';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { hello, send, sendCompatible, sendNative, sse } from './test-calls.ts';

const emulator = createEmulator(sampleConfig);
const id = '00000000-0000-4000-8000-000000000001';

function withQuirks(quirks: EmulatorConfig['quirks'], more: Partial<EmulatorConfig> = {}) {
  return createEmulator({ ...sampleConfig, ...more, quirks }, { createId: () => id });
}

test('a wrong key is 401 in the words of each wire, streamed or not', async () => {
  for (const stream of [false, true]) {
    const compatible = await sendCompatible(emulator, { stream }, { key: 'sk-wrong' });
    expect([compatible.status, compatible.headers.get('content-type')]).toEqual([401, 'application/json']);
    expect(compatible.json).toEqual({
      error: {
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
      request_id: compatible.headers.get('x-request-id'),
    });
    const native = await sendNative(emulator, {}, { key: 'sk-wrong', headers: stream ? sse : {} });
    expect([native.status, native.headers.get('content-type')]).toEqual([401, 'application/json']);
    expect(native.json).toEqual({
      code: 'InvalidApiKey',
      message: 'Invalid API-key provided.',
      request_id: native.headers.get('x-request-id'),
    });
  }
});

test('a model that the workspace was not granted is the flat native body on both wires', async () => {
  const options = { key: 'sk-marketing' };
  for (const sent of [
    await sendCompatible(emulator, { model: 'qwen-max' }, options),
    await sendCompatible(emulator, { model: 'qwen-max', stream: true }, options),
    await sendNative(emulator, { model: 'qwen-max' }, options),
    await sendNative(emulator, { model: 'qwen-max' }, { ...options, headers: sse }),
  ]) {
    expect([sent.status, sent.json]).toEqual([
      403,
      {
        code: 'Model.AccessDenied',
        message: 'Model access denied.',
        request_id: sent.headers.get('x-request-id'),
      },
    ]);
  }
});

test('an unknown model is 404 in the words of each wire', async () => {
  const compatible = await sendCompatible(emulator, { model: 'Qwen-Plus' });
  expect([compatible.status, compatible.json?.error]).toEqual([
    404,
    {
      message: 'The model `Qwen-Plus` does not exist or you do not have access to it.',
      type: 'invalid_request_error',
      param: null,
      code: 'model_not_found',
    },
  ]);
  const native = await sendNative(emulator, { model: 'Qwen-Plus' });
  expect([native.status, native.json]).toMatchObject([
    404,
    { code: 'ModelNotFound', message: 'Model can not be found.' },
  ]);
});

test('a foreign workspace in the header is 403', async () => {
  const headers = { 'X-DashScope-WorkSpace': 'llm-marketing' };
  const compatible = await sendCompatible(emulator, {}, { headers });
  const requestId = compatible.headers.get('x-request-id');
  expect([compatible.status, compatible.json]).toEqual([
    403,
    {
      error: {
        message: 'Workspace access denied.',
        type: 'Workspace.AccessDenied',
        param: null,
        code: 'Workspace.AccessDenied',
      },
      id: `chatcmpl-${requestId}`,
      request_id: requestId,
    },
  ]);
  const native = await sendNative(emulator, {}, { headers });
  expect([native.status, native.json]).toMatchObject([403, { code: 'Workspace.AccessDenied' }]);
});

test("another workspace's host is 403", async () => {
  const origin = 'https://llm-marketing.ap-southeast-1.maas.aliyuncs.com';
  const native = await sendNative(emulator, {}, { origin });
  expect([native.status, native.json]).toMatchObject([403, { code: 'Endpoint.AccessDenied' }]);
  const own = await sendNative(emulator, {}, { origin, key: 'sk-marketing' });
  expect(own.status).toBe(200);
});

test('a model at the other native path is a url error', async () => {
  for (const sent of [
    await sendNative(emulator, { model: 'qwen3-vl-plus' }, { path: 'text' }),
    await sendNative(emulator, { model: 'qwen-plus' }, { path: 'multimodal' }),
  ]) {
    expect([sent.status, sent.json]).toMatchObject([
      400,
      { code: 'InvalidParameter', message: 'url error, please check url！' },
    ]);
  }
});

test('a model that the compatible mode does not offer is 404 there', async () => {
  const { status, json } = await sendCompatible(emulator, { model: 'qwen-image' });
  expect([status, json?.error]).toMatchObject([
    404,
    { code: 'model_not_supported', message: 'Unsupported model `qwen-image` for OpenAI compatibility mode.' },
  ]);
});

test('a model of another region is not found', async () => {
  expect((await sendNative(emulator, { model: 'qwen-plus-us' })).status).toBe(404);
  const virginia = createEmulator({ ...sampleConfig, region: 'virginia' });
  expect((await sendNative(virginia, { model: 'qwen-plus-us' })).status).toBe(200);
});

test('a custom model takes a key of its own workspace and no grant', async () => {
  const tuned = createEmulator({ ...sampleConfig, models: [{ id: 'tuned', owner: 'llm-marketing' }] });
  expect((await sendNative(tuned, { model: 'tuned' }, { key: 'sk-marketing' })).status).toBe(200);
  expect((await sendNative(tuned, { model: 'tuned' }, { key: 'sk-default' })).status).toBe(403);
});

test('bodies without what they need', async () => {
  const compatible = '/compatible-mode/v1/chat/completions';
  const native = '/api/v1/services/aigc/text-generation/generation';
  expect((await send(emulator, compatible, '{')).json?.error).toMatchObject({
    message: expect.stringContaining('Required body invalid'),
  });
  expect((await send(emulator, native, '{')).json).toMatchObject({ code: 'BadRequest.IllegalInput' });
  expect((await send(emulator, compatible, { messages: hello })).json?.error).toEqual({
    message: 'you must provide a model parameter.',
    type: 'invalid_request_error',
    param: null,
    code: null,
  });
  expect((await send(emulator, native, {})).json).toMatchObject({ code: 'BadRequest.EmptyModel' });
  expect((await send(emulator, native, { model: 'qwen-plus' })).json).toMatchObject({
    code: 'BadRequest.EmptyInput',
  });
});

test('a prompt stands for a user message', async () => {
  const body = { model: 'qwen-plus', input: { prompt: 'Who are you?' } };
  const { json } = await send(emulator, '/api/v1/services/aigc/text-generation/generation', body);
  expect(json?.output).toEqual({
    finish_reason: 'stop',
    text: 'I am Qwen, a large language model made by Alibaba Cloud.',
  });
});

test('another method and another path', async () => {
  const url = 'http://emulator.test/compatible-mode/v1/chat/completions';
  const get = await emulator.fetch(url);
  expect([get.status, await get.json()]).toMatchObject([
    400,
    { error: { message: "Request method 'GET' is not supported." } },
  ]);
  const unknown = await emulator.fetch('http://emulator.test/compatible-mode/v1/chat');
  expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  const native = await emulator.fetch('http://emulator.test/api/v1/nothing');
  expect([native.status, await native.json()]).toMatchObject([404, { code: 'NotFound' }]);
});

test('checks in the order that the service shows', async () => {
  const everythingWrong = { temperature: 9, model: 'qwen-nothing' };
  const headers = { 'X-DashScope-WorkSpace': 'llm-default' };
  const codeOf = async (body: object, key: string, more = {}) =>
    (await sendNative(emulator, { ...everythingWrong, ...body }, { key, headers: more })).json?.code;
  expect(await codeOf({}, 'sk-wrong', headers)).toBe('InvalidApiKey');
  expect(await codeOf({}, 'sk-marketing', headers)).toBe('ModelNotFound');
  expect(await codeOf({ model: 'qwen-max' }, 'sk-marketing', headers)).toBe('Workspace.AccessDenied');
  expect(await codeOf({ model: 'qwen-max' }, 'sk-marketing')).toBe('Model.AccessDenied');
  expect(await codeOf({ model: 'qwen-plus' }, 'sk-marketing')).toBe('InvalidParameter');
});

test('an ungranted model is refused before the account is looked at', async () => {
  const workspaces = [
    { id: 'llm-a', apiKeys: ['sk-default'], models: ['qwen-max'], standing: 'arrears' as const },
  ];
  const { json } = await sendNative(createEmulator({ region: 'singapore', workspaces }), {});
  expect(json?.code).toBe('Model.AccessDenied');
});

test('the two producers of compatible errors write their members in their own order', async () => {
  const gateway = await sendCompatible(emulator, { model: 'qwen-nothing' });
  expect(gateway.text).toMatch(
    /^\{"error":\{"message":.*,"type":.*,"param":null,"code":.*\},"id":.*,"request_id":.*\}$/,
  );
  const model = await sendCompatible(emulator, { temperature: 9 });
  expect(model.text).toMatch(
    /^\{"error":\{"code":.*,"param":null,"message":.*,"type":.*\},"id":.*,"request_id":.*\}$/,
  );
});

test('a failure of the service reaches a native stream as a frame', async () => {
  const failing = createEmulator({ ...sampleConfig, replies: [{ error: 'capacity' }] });
  const { status, text } = await sendNative(failing, {}, { headers: sse });
  expect([status, text]).toEqual([200, expect.stringContaining('event:error\n:HTTP_STATUS/503\n')]);
});

test('a wrong parameter of a native stream is an error frame on HTTP 200', async () => {
  const { status, headers, text } = await sendNative(emulator, { temperature: 9 }, { headers: sse });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream;charset=UTF-8']);
  const requestId = headers.get('x-request-id');
  expect(text).toBe(
    `id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"InvalidParameter","message":"Temperature should be in [0.0, 2.0)","request_id":"${requestId}"}\n\n`,
  );
});

test('the accept header alone starts a native stream', async () => {
  const { text } = await sendNative(emulator, {}, { headers: { accept: 'text/event-stream' } });
  expect(text).toMatch(/^id:1\nevent:result\n:HTTP_STATUS\/200\ndata:/);
});

test('a workspace that owes money, and one whose free allowance is used up', async () => {
  const config = (standing: 'arrears' | 'free-tier-used-up') =>
    createEmulator({
      region: 'singapore',
      workspaces: [{ id: 'llm-a', apiKeys: ['sk-default'], models: '*', standing }],
    });
  const arrears = await sendCompatible(config('arrears'), {});
  expect([arrears.status, arrears.json?.error]).toMatchObject([
    400,
    { code: 'Arrearage', type: 'Arrearage' },
  ]);
  const free = await sendNative(config('free-tier-used-up'), {});
  expect([free.status, free.json?.code]).toEqual([403, 'AllocationQuota.FreeTierOnly']);
});

test('a workspace beyond its limit is throttled until the window has moved on', async () => {
  let now = 0;
  const limited = createEmulator(
    {
      region: 'singapore',
      workspaces: [
        { id: 'llm-a', apiKeys: ['sk-default'], models: '*', limits: [{ models: '*', requests: 1 }] },
      ],
    },
    { now: () => now },
  );
  expect((await sendCompatible(limited, {})).status).toBe(200);
  const second = await sendCompatible(limited, {});
  expect([second.status, second.json?.error]).toMatchObject([429, { code: 'limit_requests' }]);
  expect(second.headers.has('retry-after')).toBe(false);
  now = 60_000;
  expect((await sendCompatible(limited, {})).status).toBe(200);
});

test('quirk documentationLinks appends the link', async () => {
  const { json } = await sendNative(withQuirks({ documentationLinks: true }), {}, { key: 'sk-wrong' });
  expect(json?.message).toBe(
    'Invalid API-key provided. For details, see: https://help.aliyun.com/zh/model-studio/error-code#apikey-error',
  );
});

test('quirk sseErrorBodies frames the errors of streamed compatible calls', async () => {
  const quirky = withQuirks({ sseErrorBodies: true });
  const { status, headers, text } = await sendCompatible(quirky, { temperature: 9, stream: true });
  expect([status, headers.get('content-type')]).toEqual([400, 'text/event-stream;charset=UTF-8']);
  expect(text).toMatch(/^data: \{"error":\{"code":"invalid_parameter_error",.*\}\n\n$/);
  expect((await sendCompatible(quirky, { temperature: 9 })).json).toBeDefined();
});

test('quirk flatNativeErrors says which errors the compatible wire sends flat', async () => {
  const always = await sendCompatible(withQuirks({ flatNativeErrors: 'always' }), { temperature: 9 });
  expect(always.json).toEqual({
    code: 'InvalidParameter',
    message: 'Temperature should be in [0.0, 2.0)',
    request_id: id,
  });
  const options = { key: 'sk-marketing' };
  const never = await sendCompatible(
    withQuirks({ flatNativeErrors: 'never' }),
    { model: 'qwen-max' },
    options,
  );
  expect(never.json?.error).toMatchObject({ code: 'Model.AccessDenied', type: 'Model.AccessDenied' });
});

test('quirk emptyThrottleBody leaves a 429 without a body', async () => {
  const replies = [{ error: 'rate-quota' as const }];
  const { status, text } = await sendCompatible(withQuirks({ emptyThrottleBody: true }, { replies }), {});
  expect([status, text]).toEqual([429, '']);
});

test('quirk nativeStreamErrors sends 403 and 429 as frames', async () => {
  const replies = [{ error: 'rate-quota' as const }];
  const frame = await sendNative(
    withQuirks({ nativeStreamErrors: 'frame' }, { replies }),
    {},
    { headers: sse },
  );
  expect([frame.status, frame.text]).toEqual([200, expect.stringContaining(':HTTP_STATUS/429')]);
  const wrongKey = { key: 'sk-wrong', headers: sse };
  expect((await sendNative(withQuirks({ nativeStreamErrors: 'frame' }), {}, wrongKey)).status).toBe(401);
  const http = await sendNative(withQuirks({}, { replies }), {}, { headers: sse });
  expect([http.status, http.json?.code]).toEqual([429, 'Throttling.RateQuota']);
});

test('quirk nativeUnknownModel gives the older error', async () => {
  const quirky = withQuirks({ nativeUnknownModel: 'InvalidParameter' });
  const { status, json } = await sendNative(quirky, { model: 'qwen-nothing' });
  expect([status, json?.code, json?.message]).toEqual([400, 'InvalidParameter', 'Model not exist.']);
});

test('quirk plainTextOnMultimodal refuses text where a list is documented', async () => {
  const quirky = withQuirks({ plainTextOnMultimodal: 'refuse' });
  const { status, json } = await sendNative(quirky, { model: 'qwen3-vl-plus' }, { path: 'multimodal' });
  expect([status, json?.message]).toEqual([
    400,
    'The item of content should be a message of a certain modal.',
  ]);
});

test('answers carry the headers of the service, and no retry headers', async () => {
  const { headers } = await sendNative(emulator, {});
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/json',
    server: 'istio-envoy',
    'x-dashscope-call-gateway': 'true',
    'x-dashscope-finished': 'true',
    'x-request-id': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-9[0-9a-f]{3}-/),
    'req-arrive-time': expect.stringMatching(/^\d+$/),
    'req-cost-time': expect.stringMatching(/^\d+$/),
  });
});
