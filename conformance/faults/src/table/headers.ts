import { both, type Fault, lost, ok, streamOnly, timeout } from '../fault.ts';
import { end, reset, stall } from '../step.ts';

const phase = 'before the headers';
/** The nearer one ends a stream; a reply that is not streamed has the other only. */
const beginLimits = { connectMs: 500, firstEventMs: 600 };
const begins = { chat: timeout('firstEventMs'), stream: timeout('connectMs') };

export const headers: readonly Fault[] = [
  {
    id: 'reset-before-headers',
    title: 'reset before the headers',
    phase,
    steps: () => [reset],
    expected: both(lost),
  },
  {
    id: 'closed-before-headers',
    title: 'closed before the headers',
    phase,
    steps: () => [end],
    expected: both(lost),
  },
  {
    id: 'reset-kept-connection',
    title: 'reset of a connection kept open',
    phase,
    before: ({ whole }) => [whole],
    steps: () => [reset],
    expected: both(lost),
  },
  {
    id: 'closed-kept-connection',
    title: 'connection kept open, and closed',
    phase,
    before: ({ whole }) => [whole],
    steps: () => [end],
    expected: both(lost),
  },
  {
    id: 'reset-in-headers',
    title: 'reset in the headers',
    phase,
    steps: ({ head }) => [head.slice(0, 40), reset],
    expected: both(lost),
  },
  {
    id: 'stall-before-headers',
    title: 'stall before the headers',
    phase,
    steps: () => [stall],
    timeouts: beginLimits,
    expected: begins,
  },
  {
    id: 'stall-in-headers',
    title: 'stall in the headers',
    phase,
    steps: ({ head }) => [head.slice(0, 40), stall],
    timeouts: beginLimits,
    expected: begins,
  },
  {
    id: 'garbage-for-headers',
    title: 'garbage bytes instead of HTTP',
    phase,
    steps: () => [Uint8Array.from({ length: 2048 }, (_, index) => (index * 151 + 7) % 256), end],
    expected: both(lost),
  },
  {
    id: 'headers-without-end',
    title: 'headers without end',
    phase,
    steps: () => ['HTTP/1.1 200 OK\r\n', { forever: `X-More: ${'m'.repeat(1000)}\r\n` }],
    expected: both(lost),
    mostBytes: 8e6,
  },
  {
    id: 'early-hints',
    title: '103 first, twice (1xx)',
    phase: 'odd, but whole',
    steps: ({ whole }) => [
      'HTTP/1.1 103 Early Hints\r\nLink: </font.woff>; rel=preload\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n',
      whole,
    ],
    expected: both(ok),
  },
  {
    id: 'continue',
    title: '100 that nobody asked for (1xx)',
    phase: 'odd, but whole',
    steps: ({ whole }) => ['HTTP/1.1 100 Continue\r\n\r\n', whole],
    // Node's fetch takes it for a broken connection.
    expected: both({ ...ok, or: lost }),
    once: true,
  },
  {
    id: 'early-hints-without-end',
    title: '103 for ever (1xx)',
    phase: 'without end',
    steps: () => [{ forever: 'HTTP/1.1 103 Early Hints\r\n\r\n', everyMs: 5 }],
    timeouts: beginLimits,
    expected: begins,
  },
  {
    id: 'no-answer-before-the-limit-of-the-call',
    title: 'stall, with totalMs the shortest',
    phase,
    steps: () => [stall],
    timeouts: { totalMs: 500 },
    expected: both(timeout('totalMs')),
  },
  {
    id: 'no-first-event',
    title: 'pings, and no first event',
    phase: 'after the headers',
    steps: ({ head }) => [head, { forever: '5\r\n:hi\n\n\r\n', everyMs: 10 }],
    timeouts: { firstEventMs: 500 },
    expected: streamOnly(timeout('firstEventMs')),
  },
];
