import { expect, test } from 'vitest';
import { readDemoOptions } from './demo-options.ts';

test('nothing needs to be given', () => {
  expect(readDemoOptions([])).toEqual({
    live: false,
    port: 4020,
    model: 'qwen-plus',
    refusedModel: 'qwen-max',
    help: false,
  });
});

test('no model is taken to be refused by the service itself', () => {
  expect(readDemoOptions(['--live']).refusedModel).toBeUndefined();
  expect(readDemoOptions(['--live', '--refused-model', 'qwen-max']).refusedModel).toBe('qwen-max');
});

test('a wrong argument is named', () => {
  expect(() => readDemoOptions(['--prot', '80'])).toThrow('--prot');
  expect(() => readDemoOptions(['emulator'])).toThrow('emulator');
  for (const port of ['x', '-1', '1.5', '65536', '']) {
    expect(() => readDemoOptions([`--port=${port}`])).toThrow('--port');
  }
});
