import { expect, test } from 'vitest';
import { wantsColor } from './colors.ts';

test.each<[NodeJS.ProcessEnv, boolean, boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('with %j, and a terminal: %s, there are colors: %s', (environment, isTTY, expected) => {
  expect(wantsColor({ isTTY }, environment)).toBe(expected);
});
