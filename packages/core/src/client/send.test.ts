import { expect, test } from 'vitest';
import type { Exchange, TransportResponse } from '../transport.ts';
import { send } from './send.ts';
import { abortedError, Watch } from './watch.ts';

const limits = { connectMs: 5, firstEventMs: 60_000, idleMs: 60_000, totalMs: Number.POSITIVE_INFINITY };
const request = { method: 'POST', url: 'https://example.com/', headers: {}, body: '{}' } as const;

test('a response that comes after its try was given up is not watched over in place of the next', async () => {
  const watch = new Watch(limits);
  const cancelled: string[] = [];
  const answers: ((response: TransportResponse) => void)[] = [];
  const transport = (name: string) => (): Exchange => ({
    response: new Promise((resolve) => answers.push(resolve)),
    cancel: () => cancelled.push(name),
  });
  const response = { status: 200, headers: new Headers(), read: async () => ({}) };

  watch.start('connectMs');
  const first = send(request, { transport: transport('first'), watch });
  await expect(first).rejects.toMatchObject({ timeout: 'connectMs' });
  watch.endTry();
  const second = send(request, { transport: transport('second'), watch });
  answers[1]?.(response);
  await second;
  answers[0]?.(response);
  await new Promise((resolve) => setTimeout(resolve));
  watch.end(abortedError('enough'));
  expect(cancelled).toEqual(['first', 'second']);
});

test('a transport that throws at once has failed to connect', async () => {
  const cause = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' });
  const transport = () => {
    throw cause;
  };
  await expect(send(request, { transport, watch: new Watch(limits) })).rejects.toMatchObject({
    kind: 'connection',
    message: 'The connection to the service failed (EHOSTUNREACH)',
    cause,
  });
});
