import { type Capabilities, capabilityKeys } from '@qwire/core';
import { expect, test } from 'vitest';
import { checkDriver } from './check-driver.ts';
import type { ClientDriver } from './driver.ts';
import { runSuite } from './run-suite.ts';
import { registerSuite } from './vitest.ts';

const everything = Object.fromEntries(capabilityKeys.map((key) => [key, true]));

function driver(supports: object | undefined): ClientDriver {
  return {
    name: 'sample',
    version: '1',
    wireFormat: 'dashscope',
    supports: supports as Capabilities,
    perform: async () => ({ ended: 'completed' }),
  };
}

test('a driver that states every capability is fine', () => {
  const no = { supported: false, because: 'not built' };
  expect(() => checkDriver(driver({ ...everything, tools: no }))).not.toThrow();
});

test('each capability that is left out is named', () => {
  const { tools: _, logprobs: __, ...supports } = everything;
  expect(() => checkDriver(driver(supports))).toThrow(
    'The driver of sample is wrong:\n' +
      'supports.tools: is not stated; say true, or { "supported": false, "because": "…" }\n' +
      'supports.logprobs: is not stated; say true, or { "supported": false, "because": "…" }',
  );
});

test.each([
  ['false', false],
  ['no reason', { supported: false }],
  ['an empty reason', { supported: false, because: '' }],
])('%s in the place of a capability is refused', (_, tools) => {
  expect(() => checkDriver(driver({ ...everything, tools }))).toThrow('supports.tools: is not stated');
});

test('a capability that is not known is named', () => {
  expect(() => checkDriver(driver({ ...everything, tool: true }))).toThrow(
    'supports.tool: is not known here',
  );
});

test('no run begins with such a driver', async () => {
  const { 'audio-input': _, ...supports } = everything;
  const cases = { cases: [], absent: [], behaviors: new Map(), sources: {}, digest: '' };
  await expect(runSuite({ drivers: [driver(supports)], cases })).rejects.toThrow(
    'supports.audio-input: is not stated',
  );
  expect(() => registerSuite(driver(supports))).toThrow('supports.audio-input: is not stated');
});
