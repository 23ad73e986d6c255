import { expect, test } from 'vitest';
import { withEnvironment } from './with-environment.ts';

test('only the given variables are seen, and the own ones come back also after a failure', async () => {
  process.env.DASHSCOPE_API_KEY = 'own';
  const seen = () => [process.env.DASHSCOPE_API_KEY, process.env.DASHSCOPE_API_REGION];
  expect(await withEnvironment({ DASHSCOPE_API_REGION: 'tokyo' }, async () => seen())).toEqual([
    undefined,
    'tokyo',
  ]);
  expect(seen()).toEqual(['own', undefined]);
  const failing = withEnvironment({}, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(seen()).toEqual(['own', undefined]);
  delete process.env.DASHSCOPE_API_KEY;
});
