import { both, type Fault, lost, timeout } from '../fault.ts';
import { end, stall } from '../step.ts';

/** Nobody vouches for it, now or later. */
const untrusted = { ...lost, retryable: false };

export const connecting: readonly Fault[] = [
  {
    id: 'refused',
    title: 'connection refused',
    phase: 'connecting',
    address: 'closed-port',
    expected: both(lost),
    once: true,
  },
  {
    id: 'unknown-host',
    title: 'name not found (DNS)',
    phase: 'connecting',
    address: 'unknown-host',
    expected: both(lost),
    once: true,
  },
  {
    id: 'self-signed',
    title: 'self-signed certificate (TLS)',
    phase: 'connecting',
    address: 'self-signed',
    expected: both(untrusted),
  },
  {
    id: 'no-tls',
    title: 'no TLS where TLS is expected',
    phase: 'connecting',
    address: 'no-tls',
    speaks: 'at-once',
    steps: ({ whole }) => [whole, end],
    expected: both(lost),
    once: true,
  },
  {
    id: 'stall-in-handshake',
    title: 'stall in the TLS handshake',
    phase: 'connecting',
    address: 'no-tls',
    speaks: 'at-once',
    steps: () => [stall],
    timeouts: { connectMs: 500, firstEventMs: 600 },
    expected: { chat: timeout('firstEventMs'), stream: timeout('connectMs') },
    once: true,
  },
  {
    id: 'closed-at-once',
    title: 'connection taken and closed',
    phase: 'connecting',
    speaks: 'at-once',
    steps: () => [end],
    expected: both(lost),
    once: true,
  },
];
