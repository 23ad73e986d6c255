import { describe, expect, test } from 'vitest';
import { loadCases } from '../load-cases.ts';
import type { ServerReply } from './ask-server.ts';
import { type AskedCase, loadAskedCases } from './asked-cases.ts';
import { type DocumentedRequest, documentedRequest } from './documented-request.ts';
import { judgeReply } from './judge-reply.ts';
import { emulatorSetup } from './server-setup.ts';

const asked = loadAskedCases(loadCases());

/** The scenario's own request and reply, as if a server had sent it. */
function exchangeOf(one: AskedCase): { request: DocumentedRequest; reply: ServerReply } {
  const { testCase, entry } = one;
  const models = { ...emulatorSetup.models, [entry.model]: String(testCase.call.request.model) };
  const request = documentedRequest(one, { ...emulatorSetup, models }, 'http://server.test/v1');
  const reply = testCase.exchanges[0]?.reply;
  if ('missing' in request || reply?.kind !== 'http') throw new Error(`${testCase.id} has no exchange`);
  const id = /"request_id": ?"([^"]+)"|chatcmpl-([0-9a-f-]{36})/.exec(toText(reply.body));
  const headers = { 'x-request-id': id?.[1] ?? id?.[2] ?? '', ...reply.headers };
  // A shorter answer than the scenario's own is asked for here.
  const parameters = { ...request.body, ...(one.entry.parameters.max_tokens && { max_tokens: 7 }) };
  const body =
    'parameters' in request.body && one.entry.parameters.max_tokens
      ? { ...request.body, parameters: { incremental_output: true, result_format: 'message', max_tokens: 7 } }
      : parameters;
  return { request: { ...request, body }, reply: { ...reply, headers, chunks: [], ended: 'closed' } };
}

function find(id: string): AskedCase {
  const found = asked.find(({ testCase }) => testCase.id === id);
  if (!found) throw new Error(`${id} is not asked`);
  return found;
}

/** Where the documented reply, with its text changed, is not as documented. */
function judgeChanged(id: string, change: (text: string) => string, altered: Partial<ServerReply> = {}) {
  const one = find(id);
  const { request, reply } = exchangeOf(one);
  const text = toText(reply.body);
  const changed = change(text);
  if (changed === text && Object.keys(altered).length === 0) throw new Error('nothing was changed');
  const body = new Uint8Array(Buffer.from(changed, 'utf8'));
  return judgeReply(one, request, { ...reply, body, ...altered }).map(({ path }) => path);
}

function toText(body: Uint8Array): string {
  return Buffer.from(body).toString('utf8');
}

test.each(asked.map((one) => [one.testCase.id, one] as const))(
  'the documented reply of %s is faithful',
  (_, one) => {
    const { request, reply } = exchangeOf(one);
    expect(judgeReply(one, request, reply)).toEqual([]);
  },
);

test.each(asked.map((one) => [one.testCase.id, one] as const))(
  'a member that no document shows is noticed in %s',
  (_, one) => {
    const { request, reply } = exchangeOf(one);
    const body = new Uint8Array(Buffer.from(toText(reply.body).replace('{', '{"unheard_of":1,'), 'utf8'));
    expect(judgeReply(one, request, { ...reply, body })).not.toEqual([]);
  },
);

const nativeStream = 'dashscope/stream/text-with-usage';
const compatibleStream = 'openai-compatible/stream/text-with-usage';
const toolStream = 'openai-compatible/tools/streamed-forced-call';

type Change = readonly [name: string, id: string, change: (text: string) => string, path: RegExp];

const changes: readonly Change[] = [
  [
    'frames that are not counted from 1',
    nativeStream,
    (text) => text.replace('id:1\n', 'id:0\n'),
    /frames\[0\]\.id/,
  ],
  [
    'a frame without its status line',
    nativeStream,
    (text) => text.replace(':HTTP_STATUS/200\n', ''),
    /frames\[0\]/,
  ],
  ['a blank after a native colon', nativeStream, (text) => text.replace('data:{', 'data: {'), /frames\[0\]/],
  [
    'no blank after a compatible colon',
    compatibleStream,
    (text) => text.replace('data: {', 'data:{'),
    /frames\[0\]/,
  ],
  ['line ends of another system', nativeStream, (text) => text.replaceAll('\n', '\r\n'), /body/],
  ['a byte-order mark', compatibleStream, (text) => `\ufeff${text}`, /body/],
  ['no blank line at the end', nativeStream, (text) => text.trimEnd(), /body/],
  ['no [DONE]', compatibleStream, (text) => text.replace('data: [DONE]\n\n', ''), /frames/],
  ['something after [DONE]', compatibleStream, (text) => `${text}data: {}\n\n`, /frames/],
  ['[DONE] on the native wire', nativeStream, (text) => `${text}data: [DONE]\n\n`, /frames/],
  ['another request id', nativeStream, (text) => text.replace(/3f9d5a10/, '00000000'), /request_id/],
  ['another completion id', compatibleStream, (text) => text.replace(/3f9d5a10/, '00000000'), /data\.id/],
  ['another model', compatibleStream, (text) => text.replace('qwen-plus', 'qwen-max'), /model/],
  [
    'no role in the first piece',
    compatibleStream,
    (text) => text.replace(/"role":\s*"assistant"/, '"role": null'),
    /role/,
  ],
  [
    'a role in each native frame left out',
    nativeStream,
    (text) => text.replace(/,?"role":\s*"assistant",?/, ''),
    /role/,
  ],
  [
    'counts that do not add up',
    compatibleStream,
    (text) => text.replace(/"total_tokens":\s*\d+/, '"total_tokens": 1'),
    /total_tokens/,
  ],
  [
    'counts that shrink',
    nativeStream,
    (text) => text.replace('"total_tokens":15', '"total_tokens":914').replace('_tokens":1,', '_tokens":900,'),
    /output_tokens/,
  ],
  [
    'a finish reason that nobody knows',
    compatibleStream,
    (text) => text.replace(/"finish_reason":\s*"stop"/, '"finish_reason":"done"'),
    /finish_reason/,
  ],
  [
    'no finish reason',
    nativeStream,
    (text) => text.replace(/"finish_reason":\s*"stop"/, '"finish_reason":"null"'),
    /finish_reason/,
  ],
  [
    'a tool call whose id changes',
    toolStream,
    (text) => text.replaceAll(/"id":\s*""/g, '"id":"call_000000000000000000000000"'),
    /tool_calls\.id/,
  ],
  [
    'a tool call without an id',
    toolStream,
    (text) => text.replace(/"id":\s*"call_\w+"/, '"id":""'),
    /tool_calls\.id/,
  ],
  [
    'a tool that was not offered',
    toolStream,
    (text) => text.replace('get_forecast', 'get_rich'),
    /tool_calls/,
  ],
  [
    'a finish reason of the native wire',
    'openai-compatible/chat/text',
    (text) => text.replace(/"finish_reason":\s*"stop"/, '"finish_reason":"null"'),
    /finish_reason/,
  ],
  [
    'an id that is no UUID',
    'dashscope/chat/text',
    (text) => text.replace(/"request_id":\s*"[^"]+"/, '"request_id":"1"'),
    /request_id/,
  ],
  [
    'a status in the body, as an SDK prints it',
    'dashscope/chat/text',
    (text) => text.replace('{', '{"status_code":200,'),
    /status_code/,
  ],
  [
    'text where JSON was asked for',
    'dashscope/chat/json-mode',
    (text) => text.replace(/"content":\s*"(\\.|[^"])*"/, '"content":"Venice"'),
    /answer\.content/,
  ],
  [
    'an answer that is longer than its limit',
    'dashscope/chat/cut-by-length',
    (text) =>
      text
        .replace(/"output_tokens":\s*10/, '"output_tokens":60')
        .replace(/"total_tokens":\s*26/, '"total_tokens":76'),
    /answer\.usage/,
  ],
  [
    'a whole answer where a cut one was asked for',
    'openai-compatible/chat/cut-by-length',
    (text) => text.replace('"length"', '"stop"'),
    /answer\.finish_reason/,
  ],
  ['a cumulative stream where pieces were asked for', nativeStream, () => cumulative(), /frames/],
  [
    'a code of the other wire',
    'dashscope/errors/rejected-key',
    (text) => text.replace('InvalidApiKey', 'invalid_api_key'),
    /error\.code/,
  ],
  [
    'an envelope on the native wire',
    'dashscope/errors/rejected-key',
    (text) => `{"error":${text}}`,
    /body\.error/,
  ],
  [
    'no envelope on the compatible wire',
    'openai-compatible/errors/rejected-key',
    (text) => JSON.stringify({ ...JSON.parse(text).error, request_id: 'x' }),
    /body/,
  ],
  [
    'a type that belongs to another code',
    'openai-compatible/errors/rejected-key',
    (text) => text.replace(/"type":\s*"[^"]+"/, '"type":"server_error"'),
    /error\.type/,
  ],
  [
    'other words',
    'openai-compatible/errors/parameter-out-of-range',
    (text) => text.replace('Range of top_logprobs', 'Bounds of top_logprobs'),
    /error\.message/,
  ],
  [
    'an error frame with another status',
    'dashscope/stream-errors/first-frame',
    (text) => text.replace('HTTP_STATUS/400', 'HTTP_STATUS/500'),
    /error\.status/,
  ],
];

/** A native stream in which each frame holds all text so far. */
function cumulative(): string {
  const { reply } = exchangeOf(find('dashscope/stream/cumulative'));
  return toText(reply.body);
}

describe('a reply is not as documented with', () => {
  test.each(changes)('%s', (_, id, change, path) => {
    expect(judgeChanged(id, change)).toContainEqual(expect.stringMatching(path));
  });

  test.each([
    ['another status', { status: 201 }, 'status'],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain', 'x-request-id': '' } },
      'headers.content-type',
    ],
    [
      'no request id in its head',
      { headers: { 'content-type': 'application/json' } },
      'headers.x-request-id',
    ],
    ['a connection that breaks', { ended: 'cut' }, 'connection'],
    ['silence before its end', { ended: 'silent' }, 'connection'],
  ] as const)('%s', (_, altered, path) => {
    expect(judgeChanged('dashscope/chat/text', (text) => text, altered)).toContain(path);
  });

  test('status 400 where a stream’s error is a frame of status 200', () => {
    const id = 'dashscope/stream-errors/first-frame';
    const altered = { status: 400, headers: { 'content-type': 'application/json' } };
    const body =
      '{"code":"InvalidParameter","message":"Range of top_p should be (0.0, 1.0]","request_id":"0fb7cdb2-bacf-979a-bcae-d0f088cbeba8"}';
    expect(judgeChanged(id, () => body, altered)).toEqual(['reply']);
  });
});

test('a refusal of the compatible wire may come as its body, framed, or as the frame that the scenario shows', () => {
  const one = find('openai-compatible/stream-errors/first-frame');
  const { request, reply } = exchangeOf(one);
  const data = toText(reply.body).slice('data: '.length).split('\n')[0] ?? '';
  const framed = { ...reply, status: 400 };
  const plain = {
    ...framed,
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(Buffer.from(data)),
  };
  for (const given of [reply, framed, plain]) expect(judgeReply(one, request, given)).toEqual([]);
});

test('a model that was not granted may be refused without the envelope on the compatible wire', () => {
  const one = find('openai-compatible/errors/model-access-denied');
  const { request, reply } = exchangeOf(one);
  const id = '7c7e3740-86aa-93b9-8bbc-d8e66b191d9e';
  const flat = { code: 'Model.AccessDenied', message: 'Model access denied.', request_id: id };
  const body = new Uint8Array(Buffer.from(JSON.stringify(flat)));
  expect(judgeReply(one, request, { ...reply, body })).toEqual([]);
});
