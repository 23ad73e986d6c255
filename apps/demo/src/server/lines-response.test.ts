import { expect, test } from 'vitest';
import { linesResponse } from './lines-response.ts';

test('each value is a line', async () => {
  async function* values() {
    yield { text: 'a\nb' };
    yield { text: '西湖' };
  }
  const response = linesResponse(values(), () => {});
  expect(await response.text()).toBe('{"text":"a\\nb"}\n{"text":"西湖"}\n');
});

test('a reader that leaves ends the values', async () => {
  const happened: string[] = [];
  async function* values() {
    try {
      for (;;) yield 1;
    } finally {
      happened.push('ended');
    }
  }
  const reader = linesResponse(values(), () => happened.push('cancelled')).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(() => happened).toEqual(['cancelled', 'ended']);
});
