import { expect, test } from 'vitest';
import { sampleCase, sampleCheck, sampleReply } from '../../self-check/sample-case.ts';
import { sentErrors } from './sent-errors.ts';

function errorsOf(text: string, status = 400) {
  const reply = { ...sampleReply(text), status };
  return sentErrors(
    sampleCase({ exchanges: [{ request: sampleCheck(), reply: reply as ReturnType<typeof sampleReply> }] }),
  );
}

test('a body says its code, status, message and envelope', () => {
  const body =
    '{"error":{"message":"<400> InternalError.Algo: x","type":"t","code":"some_code"},"id":"chatcmpl-1"}';
  expect(errorsOf(body)).toEqual([
    {
      place: 'reply',
      status: 400,
      code: 'some_code',
      message: '<400> InternalError.Algo: x',
      traits: ['wrapped', 'completion-id', 'no-request-id', 'no-param', 'inner-code'],
    },
  ]);
});

test('a frame of a stream says the status that it names, and how', () => {
  const frames = [
    'data:{"output":{"choices":[]}}',
    'event:error\n:HTTP_STATUS/429\ndata:{"code":"Slow","message":"Slower","request_id":"1"}',
  ];
  expect(errorsOf(frames.join('\n\n'), 200)).toEqual([
    {
      place: 'stream',
      status: 429,
      code: 'Slow',
      message: 'Slower',
      traits: ['flat', 'event', 'status-comment'],
    },
  ]);
});

test.each([
  ['', ['empty']],
  ['<h1>Bad Gateway</h1>', ['no-json']],
  ['data: {"code":"Slow","message":"Slower","request_id":"1"}', ['flat', 'framed']],
  ['{"msg":"Slower","requestId":"1"}', ['flat', 'other-spelling']],
  [
    '{"type":"error","error":{"message":"Slower","code":null,"param":"None"},"id":"1","request_id":"1"}',
    ['wrapped', 'plain-id', 'param-none', 'code-null', 'typed'],
  ],
])('the body %j has the traits %j', (body, traits) => {
  expect(errorsOf(body).map((error) => error.traits)).toEqual([traits]);
});

test('a reply that succeeds holds no error', () => {
  expect(errorsOf('{"output":{"text":"Hello"},"code":""}', 200)).toEqual([]);
  expect(errorsOf('data: {"choices":[]}\n\ndata: [DONE]\n\n', 200)).toEqual([]);
});
