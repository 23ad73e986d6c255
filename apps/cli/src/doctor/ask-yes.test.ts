import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askYes } from './ask-yes.ts';

function ask(text: string | undefined, signal = new AbortController().signal): Promise<boolean> {
  const input = new PassThrough();
  const answer = askYes('', { signal, input });
  if (text === undefined) input.end();
  else input.write(text);
  return answer;
}

test.each([
  ['y\n', true],
  [' YES \n', true],
  ['\n', false],
  ['n\n', false],
  ['yo\n', false],
  [undefined, false],
])('%j is %s', async (text, expected) => {
  expect(await ask(text)).toBe(expected);
});

test('Ctrl-C is a no', async () => {
  const controller = new AbortController();
  const answer = ask('', controller.signal);
  controller.abort();
  expect(await answer).toBe(false);
});
