import { gzipSync } from 'node:zlib';
import { both, type Fault, streamOnly, unreadable } from '../fault.ts';
import { contentTypes, type GoodReply, head } from '../good-reply.ts';
import type { Step } from '../step.ts';

const open = ({ method }: GoodReply, status = '200 OK'): Step =>
  head(status, [`Content-Type: ${contentTypes[method]}`, 'Connection: close']);
const line = 'x'.repeat(256 * 1024);
/** Of a stream a single line; else no JSON that ends. */
const bomb = gzipSync(Buffer.alloc(100e6, 'x'));
const rest = { phase: 'without end', mostBytes: 100e6, once: true } as const;

/** What never ends: it is cut off where it is longer than any reply. */
export const endless: readonly Fault[] = [
  {
    ...rest,
    id: 'endless-line',
    title: 'a line without end',
    steps: (good) => [open(good), good.method === 'stream' ? 'data: ' : '{"a":"', { forever: line }],
    expected: both(unreadable),
  },
  {
    ...rest,
    id: 'endless-frame',
    title: 'a frame without end',
    steps: (good) => [open(good), { forever: `data: ${line}\n` }],
    expected: streamOnly(unreadable),
  },
  {
    ...rest,
    id: 'endless-comments',
    title: 'comments without end',
    steps: (good) => [open(good), { forever: ': hi\n'.repeat(4096) }],
    expected: streamOnly(unreadable),
  },
  {
    ...rest,
    id: 'endless-json-for-stream',
    title: 'JSON without end, for a stream',
    steps: (good) => [open(good), '{"a":"', { forever: line }],
    expected: streamOnly(unreadable),
  },
  {
    ...rest,
    id: 'endless-error',
    title: 'a 500 without end',
    steps: (good) => [open(good, '500 Internal Server Error'), { forever: line }],
    expected: both({ ...unreadable }),
  },
  {
    ...rest,
    id: 'gzip-bomb',
    title: '100 KB of gzip that hold 100 MB',
    steps: ({ method }) => [
      head('200 OK', [
        `Content-Type: ${contentTypes[method]}`,
        'Content-Encoding: gzip',
        `Content-Length: ${bomb.length}`,
      ]),
      bomb,
    ],
    expected: both(unreadable),
  },
  {
    ...rest,
    id: 'endless-stream',
    title: 'a stream without end, to totalMs',
    steps: (good) => [open(good), { forever: good.wire.frame('on and on '), everyMs: 1 }],
    timeouts: { totalMs: 500 },
    expected: streamOnly({ kind: 'timeout', timeout: 'totalMs', retryable: false, text: 'any' }),
  },
];
