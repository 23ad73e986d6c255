import { both, type Expected, type Fault, lost, ok, streamOnly, tooShort, unreadable } from '../fault.ts';
import { faultKey } from '../fault-key.ts';
import { chunked, contentTypes, type GoodReply, head, lastChunk, response } from '../good-reply.ts';
import { stall } from '../step.ts';
import { answer, pieces } from '../wire.ts';

const phase = 'what is no reply';
const page = '<!doctype html><title>Gateway</title><h1>The proxy has something to say</h1>';
const html = (status: string) => () => response(page, { status, type: 'text/html' });
/** To the reader of a stream a text without frames is a stream without an answer. */
const noReply = { chat: unreadable, stream: tooShort };
const unavailable = (status: number): Expected => ({ kind: 'unavailable', retryable: true, status });

/** The reply's body under another description. */
const as = (type: string, change: (body: string) => string | Uint8Array = (body) => body) => {
  return ({ body }: GoodReply) => response(change(body), { type });
};
/** Something else in the place of the JSON: as the body, or as the data of the first frame. */
const inPlaceOfJSON = (json: string) => {
  return ({ method }: GoodReply) =>
    method === 'stream' ? response(`data: ${json}\n\n`, { type: contentTypes.stream }) : response(json);
};

export const replies: readonly Fault[] = [
  { id: 'html-200', title: 'HTML from a proxy, with 200', phase, steps: html('200 OK'), expected: noReply },
  {
    id: 'html-403',
    title: 'HTML from a proxy, with 403',
    phase,
    steps: html('403 Forbidden'),
    expected: both({ kind: 'permission-denied', retryable: false, status: 403 }),
  },
  {
    id: 'html-502',
    title: 'HTML from a proxy, with 502',
    phase,
    steps: html('502 Bad Gateway'),
    expected: both(unavailable(502)),
  },
  {
    id: 'html-504',
    title: 'HTML from a proxy, with 504',
    phase,
    steps: html('504 Gateway Timeout'),
    expected: both(unavailable(504)),
  },
  {
    id: 'empty-503',
    title: '503 without a body',
    phase,
    steps: () => response('', { status: '503 Service Unavailable' }),
    expected: both(unavailable(503)),
  },
  {
    id: 'no-content',
    title: '204',
    phase,
    steps: () => [head('204 No Content', [])],
    expected: noReply,
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      id: `redirect-${status}`,
      title: `${status} to another host`,
      phase,
      steps: ({ elsewhere }) =>
        response('', { status: `${status} Elsewhere`, headers: [`Location: ${elsewhere}`] }),
      expected: both({ ...unreadable, status }),
    }),
  ),
  {
    id: 'garbage-body',
    title: 'garbage bytes as the body',
    phase,
    steps: ({ method }) =>
      response(
        Uint8Array.from({ length: 4096 }, (_, index) => (index * 151 + 7) % 256),
        {
          type: contentTypes[method],
        },
      ),
    expected: noReply,
  },
  {
    id: 'garbage-in-stream',
    title: 'garbage bytes in mid-stream',
    phase,
    steps: ({ head, begin }) => [head, begin, chunked('data: \u0001\u0002{"\n\n'), lastChunk],
    expected: streamOnly({ ...unreadable, text: pieces[0] }),
  },
  {
    id: 'broken-chunks',
    title: 'chunked encoding that is broken',
    phase,
    steps: ({ method }) => [
      head('200 OK', [`Content-Type: ${contentTypes[method]}`, 'Transfer-Encoding: chunked']),
      'zz\r\nno length\r\n',
      stall,
    ],
    expected: both(lost),
  },
  { id: 'json-null', title: 'JSON null', phase, steps: inPlaceOfJSON('null'), expected: both(unreadable) },
  {
    id: 'deep-json',
    title: 'JSON bomb: 100,000 levels',
    phase,
    steps: inPlaceOfJSON('['.repeat(100_000) + ']'.repeat(100_000)),
    expected: both(unreadable),
  },
  {
    id: 'deep-json-in-reply',
    title: 'JSON bomb in a whole reply',
    phase: 'odd, but whole',
    steps: ({ wire, method }) => {
      const more = { deep: 'HERE' };
      const bomb = '['.repeat(100_000) + ']'.repeat(100_000);
      const text =
        method === 'stream' ? wire.frame(answer, more) + wire.lastFrames : wire.chatBody(answer, more);
      return response(text.replace('"HERE"', bomb), { type: contentTypes[method] });
    },
    expected: both(ok),
  },
  {
    id: 'wide-json',
    title: 'JSON bomb: 1,000,000 members',
    phase,
    steps: inPlaceOfJSON(`[${'{},'.repeat(999_999)}{}]`),
    expected: both(unreadable),
    mostBytes: 8e6,
    once: true,
  },
  {
    id: 'many-choices',
    title: 'JSON bomb: 100,000 empty choices',
    phase,
    steps: ({ wire, method }) => {
      const choices = { choices: Array.from({ length: 100_000 }, () => ({})) };
      const more = { ...choices, output: choices };
      return method === 'stream'
        ? response(wire.frame('', more), { type: contentTypes.stream })
        : response(wire.chatBody('', more));
    },
    expected: { chat: unreadable, stream: tooShort },
    mostBytes: 8e6,
    once: true,
  },
  {
    id: 'long-line',
    title: 'a line of 10 MB',
    phase: 'odd, but whole',
    steps: ({ wire, method }) => {
      const more = { padding: 'p'.repeat(10e6) };
      return response(
        method === 'stream' ? wire.frame(answer, more) + wire.lastFrames : wire.chatBody(answer, more),
        { type: contentTypes[method] },
      );
    },
    expected: both(ok),
    mostBytes: 12e6,
    once: true,
  },
  {
    id: 'plain-text',
    title: 'wrong content type: text/plain',
    phase: 'odd, but whole',
    steps: as('text/plain'),
    expected: both(ok),
  },
  {
    id: 'html-type',
    title: 'wrong content type: text/html',
    phase: 'odd, but whole',
    steps: as('text/html'),
    expected: both(ok),
  },
  {
    id: 'json-for-stream',
    title: 'JSON where a stream is asked for',
    phase: 'odd, but whole',
    steps: ({ wire }) => response(wire.chatBody(answer)),
    expected: streamOnly(ok),
  },
  {
    id: 'stream-for-json',
    title: 'a stream where JSON is asked for',
    phase,
    steps: ({ wire }) => response(wire.frame(answer) + wire.lastFrames, { type: contentTypes.stream }),
    expected: { chat: unreadable, stream: undefined },
  },
  {
    id: 'utf-16',
    title: 'UTF-16',
    phase,
    steps: as('application/json', (body) => Buffer.from(body, 'utf16le')),
    expected: noReply,
  },
  {
    id: 'byte-order-mark',
    title: 'a byte-order mark first',
    phase: 'odd, but whole',
    steps: as('application/json', (body) => `\uFEFF${body}`),
    expected: both(ok),
  },
  {
    id: 'invalid-utf-8',
    title: 'invalid UTF-8 in the text',
    phase: 'odd, but whole',
    steps: as('application/json', (body) => replaced(body, 'Lake', Buffer.from([0xff, 0xfe, 0xc0]))),
    expected: both({ ...ok, text: 'West \uFFFD\uFFFD\uFFFD 西湖' }),
  },
  {
    id: 'nul-in-text',
    title: 'NUL bytes in the text, escaped',
    phase: 'odd, but whole',
    steps: as('application/json', (body) => body.replace('Lake', '\\u0000')),
    expected: both({ ...ok, text: 'West \0 西湖' }),
  },
  {
    id: 'nul-bytes',
    title: 'NUL bytes in the text, bare',
    phase,
    steps: as('application/json', (body) => replaced(body, 'Lake', Buffer.alloc(4))),
    expected: { chat: unreadable, stream: { ...unreadable, text: pieces[0] } },
  },
  {
    id: 'second-answer',
    title: 'an answer too many, before it',
    phase: 'odd, but whole',
    before: ({ whole }) => [whole, response('{"no":"reply"}').join('')],
    steps: ({ whole }) => [whole],
    expected: both(ok),
    once: true,
  },
  {
    id: 'quoted-key',
    title: '401 that quotes the key',
    phase,
    steps: () => response(`<p>Authorization: Bearer ${faultKey}</p>`, { status: '401 Unauthorized' }),
    expected: both({ kind: 'authentication', retryable: false, status: 401 }),
  },
];

function replaced(body: string, text: string, bytes: Uint8Array): Uint8Array {
  const at = body.indexOf(text);
  return Buffer.concat([Buffer.from(body.slice(0, at)), bytes, Buffer.from(body.slice(at + text.length))]);
}
