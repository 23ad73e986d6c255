import { inspect } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import type { ApiKey } from '../client.ts';
import { holdKey, isIn } from './keys.ts';
import { Secret } from './secret.ts';

afterEach(() => vi.unstubAllGlobals());

const readKey = async (apiKey: ApiKey) => holdKey({ apiKey }).keys.read();

test('held options show no key', async () => {
  const options = holdKey({ apiKey: 'sk-0123456789', region: 'singapore' });
  await options.keys.read();
  expect(inspect(options, { depth: 9, showHidden: true }) + JSON.stringify(options)).not.toContain('0123');
  expect(options).toMatchObject({ region: 'singapore' });
});

test.each<[string, ApiKey]>([
  ['text', 'sk-0123456789'],
  ['a secret', new Secret('sk-0123456789')],
  ['a function', () => 'sk-0123456789'],
  ['a function of a secret', async () => new Secret('sk-0123456789')],
])('the key may be %s', async (_, apiKey) => {
  expect((await readKey(apiKey)).reveal()).toBe('sk-0123456789');
});

test('a key that is no function is read once, the environment at the first call', async () => {
  const { keys } = holdKey({});
  vi.stubEnv('DASHSCOPE_API_KEY', '');
  expect(() => keys.read()).toThrow('there is no API key');
  vi.stubEnv('DASHSCOPE_API_KEY', 'sk-0123456789');
  const key = keys.read();
  vi.stubEnv('DASHSCOPE_API_KEY', 'sk-9876543210');
  expect(keys.read()).toBe(key);
  vi.unstubAllEnvs();
});

test('old and new keys are concealed when they rotate', async () => {
  const turns = ['turn-number-1', 'turn-number-2'];
  const { keys } = holdKey({ apiKey: () => turns.shift() });
  await keys.read();
  await keys.read();
  expect(keys.text('turn-number-1, turn-number-2, turn-number-3')).toBe('[key], [key], turn-number-3');
});

test('what the caller’s own headers prove identity with is concealed, other headers are not', () => {
  const headers = { 'x-api-key': 'own-0123456789', 'X-Trace': 'trace-0123456789' };
  const { keys } = holdKey({ headers });
  keys.learn(undefined, headers, {
    Authorization: 'Bearer their-0123456789',
    Cookie: 'sid="cookie-0123456789"; a=b',
  });
  expect(keys.text('own-0123456789 trace-0123456789 their-0123456789 cookie-0123456789 Bearer')).toBe(
    '[key] trace-0123456789 [key] [key] Bearer',
  );
});

test('a function that fails tells its code, not its words', async () => {
  const apiKey = () => {
    throw Object.assign(new Error('sk-0123456789 is not known to the vault'), { code: 'ENOENT' });
  };
  const error: unknown = await readKey(apiKey).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    kind: 'configuration',
    field: 'apiKey',
    message: 'apiKey: the function that returns the key failed (ENOENT)',
  });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('0123');
});

test.each(['sk-0123456789', 7, {}])('a function whose code is %j does not show it', async (code) => {
  const apiKey = () => Promise.reject({ code });
  await expect(readKey(apiKey)).rejects.toMatchObject({
    message: 'apiKey: the function that returns the key failed',
  });
});

test('a function that gives something else gives no key', async () => {
  await expect(readKey((() => 7) as never)).rejects.toMatchObject({
    kind: 'configuration',
    message: 'apiKey: there is no API key',
  });
});

test('a page of a browser is refused, unless it is asked for by name', () => {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', {});
  expect(() => holdKey({ apiKey: 'sk-0123456789' })).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'dangerouslyAllowBrowser' }),
  );
  expect(holdKey({ apiKey: 'sk-0123456789', dangerouslyAllowBrowser: true })).toBeDefined();
});

test('what has a window and no document is no page', () => {
  vi.stubGlobal('window', globalThis);
  expect(holdKey({ apiKey: 'sk-0123456789' })).toBeDefined();
});

test('a key of a header is concealed whole, whatever characters it has', () => {
  const { keys } = holdKey({});
  keys.learn(undefined, { Authorization: 'Bearer a,b;c="d,e;f=g' }, { 'X-API-Key': 'h,i;j="k,l;m=n' });
  expect(keys.text('a,b;c="d,e;f=g and h%2Ci%3Bj%3D%22k%2Cl%3Bm%3Dn')).toBe('[key] and [key]');
});

test('a header that no request can have is no secret, and breaks nothing', () => {
  const { keys } = holdKey({});
  keys.learn(undefined, { Authorization: 'Bearer 钥匙钥匙钥匙钥匙钥匙' });
  expect(keys.text('as it is')).toBe('as it is');
});

test('a key that was learned long ago is concealed once it is learned again', () => {
  const { keys } = holdKey({});
  const secret = new Secret('own-0123456789');
  keys.learn(secret);
  for (let other = 0; other < 100; other += 1) keys.learn(new Secret(`other-0123456789-${other}`));
  keys.learn(secret);
  expect(keys.text('own-0123456789')).toBe('[key]');
});

test.each([
  'https://gateway.example/own-0123456789/v1',
  'https://OWN-0123456789.maas.example',
  'https://gateway.example/v1?model=own%2D0123456789',
])('%s is an address that holds the key', (url) => {
  expect(isIn(url, new Secret('own-0123456789'))).toBe(true);
});

test('an address without the key, or with one too short to be told from words, holds none', () => {
  expect(isIn('https://gateway.example/100%/v1', new Secret('own-0123456789'))).toBe(false);
  expect(isIn('https://gateway.example/v1', new Secret('gateway'))).toBe(false);
});
