import { expect, test } from 'vitest';
import { inspectKey } from './inspect-key.ts';

test.each([
  ['sk-4f1b2c', 'pay-as-you-go'],
  [' sk-4f1b2c\n', 'pay-as-you-go'],
  ['sk-sp-4f1b2c', 'plan'],
  ['st-4f1b2c', 'temporary'],
  ['gateway-key', 'other'],
])('%j is usable, and its form is %s', async (key, form) => {
  expect(await inspectKey(key)).toEqual({ state: 'usable', form });
  expect(await inspectKey(async () => key)).toEqual({ state: 'usable', form });
});

test.each([
  ['"sk-4f1b2c"', /quotes/],
  ['Bearer sk-4f1b2c', /Bearer/],
  ['sk-4f1b\n2c', /line end/],
  ['sk-4f1b２c', /characters/],
  ['sk-xxxx', /placeholder/],
  ['sk-your-api-key', /placeholder/],
  ['sk-4f****2c', /shortened/],
  ['$DASHSCOPE_API_KEY', /name of a variable/],
])('%j cannot be a key, and nothing of it is told', async (key, problem) => {
  const found = await inspectKey(key);
  expect(found).toEqual({ state: 'malformed', problem: expect.stringMatching(problem) });
  expect(JSON.stringify(found)).not.toContain('4f');
});

test.each([[''], ['  '], [() => undefined], [async () => '']])(
  '%j is a key that is missing',
  async (source) => {
    expect(await inspectKey(source)).toMatchObject({ state: 'missing' });
  },
);

test('a secret store that fails is a missing key, and its words are kept back', async () => {
  const found = await inspectKey(() => Promise.reject(new Error('no entry for sk-secret')));
  expect(found).toEqual({ state: 'missing', problem: 'The function that returns the key failed.' });
});
