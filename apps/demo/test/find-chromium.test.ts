import { expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

test('a browser that was chosen is taken', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath, PATH: '/nowhere' })).toBe(process.execPath);
});

test('a missing browser is an error that says how to get one', () => {
  expect(() => findChromium({ PATH: '/nowhere' })).toThrow('apt-get install chromium');
  expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow('CHROMIUM_PATH');
});
