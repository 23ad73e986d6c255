import { expect, test } from 'vitest';
import { sampleCheck, sampleURL } from '../self-check/sample-case.ts';
import type { SeenRequest } from './case-run.ts';
import type { RequestCheck } from './case-schema.ts';
import { checkRequest } from './check-request.ts';
import { createDeliveryLog } from './deliver-reply.ts';

const apiKey = 'sk-test-1234';

interface Given {
  readonly check?: Partial<RequestCheck>;
  readonly seen?: Partial<SeenRequest>;
  readonly prefix?: string;
}

function paths({ check, seen, prefix }: Given): string[] {
  const request: SeenRequest = {
    method: 'POST',
    url: sampleURL,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: '{"model":"qwen-plus","messages":[{"role":"user","content":"hi"}]}',
    delivery: createDeliveryLog(),
    ...seen,
  };
  return checkRequest({ ...sampleCheck(), ...check }, request, { path: 'requests[0]', prefix, apiKey }).map(
    ({ path }) => path.replace('requests[0].', ''),
  );
}

test('the request that is stated holds', () => {
  expect(
    paths({ check: { body: { messages: [{ content: 'hi', role: 'user' }], model: 'qwen-plus' } } }),
  ).toEqual([]);
});

test('another host is a difference where the documented address is called', () => {
  expect(paths({ seen: { url: sampleURL.replace('-intl', '') } })).toEqual(['url']);
});

test('the path behind the prefix is compared where the case answers elsewhere', () => {
  const url = 'http://127.0.0.1:4711/case.key/compatible-mode/v1/chat/completions';
  expect(paths({ seen: { url }, prefix: '/case.key' })).toEqual([]);
  expect(paths({ seen: { url: `${url}/` }, prefix: '/case.key' })).toEqual(['url']);
});

test('the key is sent as a bearer token and nowhere else', () => {
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  expect(paths({ seen: { headers } })).toEqual(['headers.authorization', 'headers']);
  expect(paths({ seen: { url: `${sampleURL}?key=${apiKey}` } })).toEqual(['url', 'url']);
  expect(paths({ seen: { body: `{"key":"${apiKey}"}` } })).toEqual(['body']);
});

test('a body member that is not stated is a difference, unless the body only has to contain what is stated', () => {
  const body = { model: 'qwen-plus' };
  expect(paths({ check: { body } })).toEqual(['body.messages']);
  expect(paths({ check: { body, bodyMatch: 'contains' } })).toEqual([]);
});

test('a difference deep in the body is named by its path', () => {
  const body = { model: 'qwen-plus', messages: [{ role: 'user', content: 'ho' }] };
  expect(paths({ check: { body } })).toEqual(['body.messages[0].content']);
});

test('a forbidden path must not be there', () => {
  expect(paths({ check: { forbidBodyPaths: ['messages[0].content', 'messages[1]', 'stream'] } })).toEqual([
    'body.messages[0].content',
  ]);
});

test('headers are required, forbidden and compared', () => {
  const check = {
    headers: { accept: 'text/event-stream' },
    requireHeaders: ['x-a'],
    forbidHeaders: ['content-type'],
  };
  expect(paths({ check })).toEqual(['headers.accept', 'headers.x-a', 'headers.content-type']);
});

test('a body that is not announced as JSON is a difference', () => {
  expect(paths({ seen: { headers: { authorization: `Bearer ${apiKey}` } } })).toEqual([
    'headers.content-type',
  ]);
});
