import { expect, test } from 'vitest';
import { guardListening } from './guard-listening.ts';

const answer = () => new Response('served');

function ask(host: string, headers: Readonly<Record<string, string>>, allowed = {}): Promise<Response> {
  const fetch = guardListening(answer, { host, ...allowed });
  return Promise.resolve(fetch(new Request('http://localhost:4010/', { headers })));
}

test('a refusal says that it is not the service’s, where readers of both wires look', async () => {
  const response = await ask('127.0.0.1', { host: 'rebound.test' });
  expect(response.status).toBe(403);
  const said = { code: 'NotServedHere', message: expect.stringContaining('not the service') };
  expect(await response.json()).toEqual({ ...said, error: said });
});

test('other machines use its address, or a name that was allowed', async () => {
  const allowed = { allowedHosts: ['emulator'] };
  expect((await ask('0.0.0.0', { host: '192.168.1.5:4010' })).status).toBe(200);
  expect((await ask('127.0.0.1', { host: '192.168.1.5:4010' })).status).toBe(403);
  expect((await ask('0.0.0.0', { host: 'emulator:4010' })).status).toBe(403);
  expect((await ask('0.0.0.0', { host: 'emulator:4010' }, allowed)).status).toBe(200);
});

test('pages of an allowed origin may read, and of no other', async () => {
  const allowed = { allowedOrigins: ['http://localhost:5173'] };
  const headers = { host: 'localhost:4010', origin: 'http://localhost:5173' };
  const response = await ask('127.0.0.1', headers, allowed);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect((await ask('127.0.0.1', headers)).status).toBe(403);
});
