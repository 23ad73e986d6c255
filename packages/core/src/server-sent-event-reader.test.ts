import { expect, test } from 'vitest';
import type { ServerSentEvent } from './server-sent-event.ts';
import { ServerSentEventReader } from './server-sent-event-reader.ts';

function read(text: string | Uint8Array, pieceLength = Number.POSITIVE_INFINITY): ServerSentEvent[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const frames: ServerSentEvent[] = [];
  const reader = new ServerSentEventReader({ read: (frame) => frames.push(frame) });
  for (let start = 0; start < bytes.length; start += pieceLength) {
    reader.push(bytes.subarray(start, Math.min(bytes.length, start + pieceLength)));
  }
  reader.end();
  return frames;
}

const native =
  'id:1\nevent:result\n:HTTP_STATUS/200\ndata:{"text":"你好"}\n\nid:2\nevent: error\n:HTTP_STATUS/429\ndata: {"code":"x"}\n\n';
const nativeFrames: ServerSentEvent[] = [
  { id: '1', event: 'result', data: '{"text":"你好"}', comments: ['HTTP_STATUS/200'], otherFields: [] },
  { id: '2', event: 'error', data: '{"code":"x"}', comments: ['HTTP_STATUS/429'], otherFields: [] },
];

test('keeps comment lines and trims the event name', () => {
  expect(read(native)).toEqual(nativeFrames);
});

test('gives the same frames for every length of the pieces', () => {
  for (let length = 1; length < native.length; length += 1)
    expect(read(native, length)).toEqual(nativeFrames);
});

test('gives the same frames for CR LF and CR, cut anywhere', () => {
  for (const lineEnd of ['\r\n', '\r']) {
    const text = native.replaceAll('\n', lineEnd);
    for (let length = 1; length < text.length; length += 1) expect(read(text, length)).toEqual(nativeFrames);
  }
});

test('drops a byte-order mark, also one that is cut', () => {
  expect(read(`\uFEFF${native}`)).toEqual(nativeFrames);
  expect(read(`\uFEFF${native}`, 1)).toEqual(nativeFrames);
});

test('keeps what only looks like a byte-order mark, behind half a character', () => {
  const bytes = Uint8Array.from([0xe6, 0x9d, 0xef, 0xbb, 0xbf, 0x3a]);
  expect(read(bytes)[0]?.otherFields).toEqual([['\uFFFD\uFEFF', '']]);
  for (const length of [1, 2, 3]) expect(read(bytes, length)).toEqual(read(bytes));
});

test('reports the last frame when its blank line is missing', () => {
  expect(read(native.slice(0, -2))).toEqual(nativeFrames);
});

test('tells frames apart when all blank lines are missing', () => {
  expect(read(native.replaceAll('\n\n', '\n'))).toEqual(nativeFrames);
  expect(read('data: {"a":1}\ndata: {"b":2}\ndata: [DONE]\n').map(({ data }) => data)).toEqual([
    '{"a":1}',
    '{"b":2}',
    '[DONE]',
  ]);
});

test('joins several data lines of one frame', () => {
  expect(read('data: {"a":\ndata: 1}\n\n').map(({ data }) => data)).toEqual(['{"a":\n1}']);
});

test('keeps fields that the format does not define', () => {
  expect(read('event:error\nstatus: 403\ndata:{}\n\n')[0]?.otherFields).toEqual([['status', '403']]);
});

test('reports a frame that is only a comment', () => {
  expect(read(': keep-alive\n\n')).toEqual([
    { id: '', event: '', data: '', comments: ['keep-alive'], otherFields: [] },
  ]);
});

test('refuses an endless line', () => {
  const reader = new ServerSentEventReader({ read() {} });
  const piece = new Uint8Array(8 * 1024 * 1024).fill(97);
  expect(() => {
    for (let times = 0; times < 6; times += 1) reader.push(piece);
  }).toThrow(expect.objectContaining({ kind: 'invalid-response' }));
});

/** Reads lines whose number and length would take hours, were each of them looked at more than a few times. */
function readMany(
  line: string,
  { before = '', times }: { readonly before?: string; readonly times: number },
) {
  const reader = new ServerSentEventReader({ read() {} });
  const encoder = new TextEncoder();
  reader.push(encoder.encode(before));
  const piece = encoder.encode(line.repeat(1000));
  for (let count = 0; count < times / 1000; count += 1) reader.push(piece);
}

test.each([
  ['lines of data in one frame', 'data:}\n', ''],
  ['fields after data that is not whole', 'x\n', `data: {"a":"${'b'.repeat(1_000_000)}\n`],
  ['fields after data that only looks whole', 'x\n', `data: {"a":{"b":"${'c'.repeat(1_000_000)}"}\n`],
  ['pieces of data with fields between', 'data:"b":{}\nx\n', `data: {"a":"${'b'.repeat(1_000_000)}",\n`],
])('reads 400,000 %s without looking at all of them again and again', (_, line, before) => {
  readMany(line, { before, times: 400_000 });
});

test.each([
  ['comments', ': ping\n', 1_000_000],
  ['unknown fields', 'x: y\n', 1_000_000],
  ['data', `data: ${'1'.repeat(100)}\n`, 400_000],
])('refuses a frame of endless %s', (_, line, times) => {
  expect(() => readMany(line, { times })).toThrow(expect.objectContaining({ kind: 'invalid-response' }));
});
