import { gzipSync } from 'node:zlib';
import { both, type Fault, lost, ok, streamOnly, timeout, tooShort, unreadable } from '../fault.ts';
import { chunked, contentTypes, head, lastChunk } from '../good-reply.ts';
import { end, reset, stall } from '../step.ts';
import { answer, pieces } from '../wire.ts';

const phase = 'after the headers';
const [text] = pieces;
/** The beginning had reached the caller. */
const withText = <Expected>(expected: Expected) => ({ ...expected, text });
const lostInBody = { chat: lost, stream: withText(lost) };

export const bodies: readonly Fault[] = [
  {
    id: 'reset-after-headers',
    title: 'reset after the headers',
    phase,
    steps: ({ head }) => [head, reset],
    expected: both(lost),
  },
  {
    id: 'closed-after-headers',
    title: 'closed after the headers',
    phase,
    steps: ({ head }) => [head, end],
    expected: both(lost),
  },
  {
    id: 'reset-between-events',
    title: 'reset between events',
    phase,
    steps: ({ head, begin }) => [head, begin, reset],
    expected: streamOnly(withText(lost)),
  },
  {
    id: 'reset-in-body',
    title: 'reset in mid-body, in an event',
    phase,
    steps: ({ head, begin, middle }) => [head, begin, middle, reset],
    expected: lostInBody,
  },
  {
    id: 'closed-in-body',
    title: 'closed in mid-body, in an event',
    phase,
    steps: ({ head, begin, middle }) => [head, begin, middle, end],
    expected: lostInBody,
  },
  {
    id: 'reset-after-finish',
    title: 'reset after the finish reason',
    phase,
    steps: ({ head, begin, rest }) => [head, begin, rest.slice(0, -lastChunk.length), reset],
    expected: streamOnly(ok),
    // Nothing but the end of the response tells there that no more comes.
    otherwise: { dashscope: { stream: { ...lost, text: answer } } },
  },
  {
    id: 'clean-early-end',
    title: 'clean early end',
    phase,
    steps: ({ head, begin, method, body }) =>
      method === 'stream' ? [head, begin, lastChunk] : jsonOf(body.slice(0, body.length >> 1)),
    expected: { chat: unreadable, stream: withText(tooShort) },
  },
  {
    id: 'clean-end-of-nothing',
    title: 'clean end of nothing',
    phase,
    steps: ({ head, method }) => (method === 'stream' ? [head, lastChunk] : jsonOf('')),
    expected: { chat: unreadable, stream: tooShort },
  },
  {
    id: 'error-in-stream',
    title: 'error of the service in a stream',
    phase,
    steps: ({ head, begin, wire }) => [head, begin, chunked(wire.errorFrame), lastChunk],
    expected: streamOnly(withText({ kind: 'unavailable', retryable: true, status: 500 })),
  },
  {
    id: 'stall-after-headers',
    title: 'stall after the headers',
    phase,
    steps: ({ head }) => [head, stall],
    timeouts: { idleMs: 500 },
    expected: both(timeout('idleMs')),
  },
  {
    id: 'stall-before-first-event',
    title: 'stall before the first event',
    phase,
    steps: ({ head }) => [head, stall],
    timeouts: { firstEventMs: 500 },
    // A reply that is not streamed has begun with its headers.
    expected: streamOnly(timeout('firstEventMs')),
  },
  {
    id: 'stall-in-stream',
    title: 'stall in mid-stream',
    phase,
    steps: ({ head, begin }) => [head, begin, stall],
    timeouts: { idleMs: 500 },
    expected: { chat: timeout('idleMs'), stream: withText(timeout('idleMs')) },
  },
  {
    id: 'stall-in-event',
    title: 'stall in mid-event, to totalMs',
    phase,
    steps: ({ head, begin, middle }) => [head, begin, middle, stall],
    timeouts: { totalMs: 1_000 },
    expected: { chat: timeout('totalMs'), stream: withText(timeout('totalMs')) },
  },
  {
    id: 'stall-in-error',
    title: 'stall in the body of a 500',
    phase,
    steps: () => [head('500 Internal Server Error', ['Content-Length: 100']), '{"code":', stall],
    timeouts: { idleMs: 500 },
    expected: both(timeout('idleMs')),
  },
  {
    id: 'slow-drip',
    title: 'a byte at a time, to totalMs',
    phase: 'slowly',
    steps: ({ head, begin, method, body }) => [
      head,
      { drip: method === 'stream' ? chunked(`: ${begin.repeat(20)}`) : body.repeat(20), everyMs: 20 },
    ],
    timeouts: { idleMs: 10_000, totalMs: 500 },
    expected: both(timeout('totalMs')),
    once: true,
  },
  {
    id: 'slow-drip-in-stream',
    title: 'pings in mid-stream, to totalMs',
    phase: 'slowly',
    steps: ({ head, begin }) => [head, begin, { forever: '5\r\n:hi\n\n\r\n', everyMs: 10 }],
    timeouts: { idleMs: 10_000, totalMs: 1_000 },
    expected: streamOnly(withText(timeout('totalMs'))),
    once: true,
  },
  {
    id: 'slow-headers',
    title: 'headers a byte at a time',
    phase: 'slowly',
    steps: ({ head }) => [{ drip: `${head.trimEnd()}\r\nX-More: ${'m'.repeat(2_000)}`, everyMs: 5 }],
    timeouts: { connectMs: 500, firstEventMs: 600 },
    expected: { chat: timeout('firstEventMs'), stream: timeout('connectMs') },
    once: true,
  },
  {
    id: 'slow-but-whole',
    title: 'a byte at a time, whole',
    phase: 'odd, but whole',
    steps: ({ whole }) => [{ drip: whole, everyMs: 0 }],
    expected: both(ok),
    once: true,
  },
  {
    id: 'truncated-gzip',
    title: 'gzip that is truncated',
    phase,
    steps: ({ body, method }) => {
      const packed = gzipSync(body);
      return [packedHead(method), packed.subarray(0, packed.length >> 1), end];
    },
    // Node's fetch hands out what there is, as if it were all; Node's own HTTP client tells.
    expected: both({ ...unreadable, text: 'any', or: { ...lost, text: 'any' } }),
    once: true,
  },
  {
    id: 'no-gzip',
    title: 'gzip that is none',
    phase: 'what is no reply',
    steps: ({ body, method }) => [packedHead(method), body, end],
    expected: both(lost),
  },
  {
    id: 'gzip',
    title: 'gzip that nobody asked for',
    phase: 'odd, but whole',
    steps: ({ body, method }) => [packedHead(method), gzipSync(body), end],
    expected: both(ok),
  },
];

const packedHead = (method: 'chat' | 'stream') =>
  head('200 OK', [`Content-Type: ${contentTypes[method]}`, 'Content-Encoding: gzip', 'Connection: close']);

function jsonOf(body: string): string[] {
  return [
    head('200 OK', [`Content-Type: ${contentTypes.chat}`, `Content-Length: ${Buffer.byteLength(body)}`]),
    body,
  ];
}
