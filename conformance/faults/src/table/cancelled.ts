import { aborted, both, type Fault, ok, streamOnly } from '../fault.ts';
import { response } from '../good-reply.ts';
import { cancel, stall } from '../step.ts';
import { pieces } from '../wire.ts';

export const cancelled: readonly Fault[] = [
  {
    id: 'abort-before',
    title: 'aborted before the call',
    phase: 'cancelled by the caller',
    steps: ({ whole }) => [whole],
    leaves: 'before the call',
    expected: both(aborted),
  },
  {
    id: 'abort-in-handshake',
    title: 'aborted while connecting',
    phase: 'cancelled by the caller',
    address: 'no-tls',
    speaks: 'at-once',
    steps: () => [cancel, stall],
    expected: both(aborted),
    once: true,
  },
  {
    id: 'abort-before-headers',
    title: 'aborted before the headers',
    phase: 'cancelled by the caller',
    steps: () => [cancel, stall],
    expected: both(aborted),
    once: true,
  },
  {
    id: 'abort-after-headers',
    title: 'aborted after the headers',
    phase: 'cancelled by the caller',
    steps: ({ head }) => [head, cancel, stall],
    expected: both(aborted),
    once: true,
  },
  {
    id: 'abort-in-body',
    title: 'aborted in mid-body',
    phase: 'cancelled by the caller',
    steps: ({ head, begin, middle, method }) => [
      head,
      begin,
      middle,
      ...(method === 'chat' ? [cancel] : []),
      stall,
    ],
    leaves: 'by aborting at the first text',
    expected: { chat: aborted, stream: { ...aborted, text: pieces[0] } },
    once: true,
  },
  {
    id: 'left',
    title: 'left in mid-stream (break)',
    phase: 'cancelled by the caller',
    steps: ({ head, begin }) => [head, begin, stall],
    leaves: 'by leaving the loop',
    expected: streamOnly({ ...ok, text: pieces[0] }),
    once: true,
  },
  {
    id: 'abort-between-tries',
    title: 'aborted between two tries',
    phase: 'cancelled by the caller',
    steps: () => [...response('', { status: '503 Service Unavailable' }), cancel],
    maxRetries: 5,
    expected: both(aborted),
    once: true,
  },
];
