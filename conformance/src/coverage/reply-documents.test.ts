import { expect, test } from 'vitest';
import { editDocuments, replyDocuments } from './reply-documents.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);

test('a body of JSON is one document, a page is none', () => {
  expect(replyDocuments(bytes('{ "id": "a" }\n'))).toEqual([{ id: 'a' }]);
  expect(replyDocuments(bytes('<html></html>'))).toEqual([]);
});

test.each(['\n', '\r\n', '\r'])(
  'each data line of a stream is a document, whatever ends its lines: %j',
  (end) => {
    const stream = ['\uFEFFdata:{"n":1}', '', ':ping', 'id:2', 'data: {"n":2}', '', 'data: [DONE]', ''].join(
      end,
    );
    expect(replyDocuments(bytes(stream))).toEqual([{ n: 1 }, { n: 2 }]);
  },
);

test('what is around an edited document stays byte for byte', () => {
  const stream = '\uFEFFid:1\r\n:HTTP_STATUS/200\r\ndata:{"n":1}\r\n\r\ndata: [DONE]\r\n';
  expect(text(editDocuments(bytes(stream), () => ({ m: 2 })))).toBe(stream.replace('{"n":1}', '{"m":2}'));
});
