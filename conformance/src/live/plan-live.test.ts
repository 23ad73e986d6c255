import { type Capabilities, capabilityKeys } from '@qwire/core';
import { describe, expect, test } from 'vitest';
import type { ClientDriver } from '../driver.ts';
import { loadCases } from '../load-cases.ts';
import { costClasses } from '../server/asked-cases.ts';
import { type LiveRegion, liveRegions, toLiveRegion } from './live-region.ts';
import { costOf, planLive } from './plan-live.ts';

const cases = loadCases();
const region = toLiveRegion('ap-southeast-1', {});
const keys = { accepted: 'sk-1', restricted: null, rejected: 'sk-2' };
const setup = { keys, models: region.models, workspaces: { foreign: null } };
const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as Capabilities;
const driver: ClientDriver = {
  name: 'sample',
  version: '1',
  wireFormat: 'dashscope',
  supports,
  perform: () => Promise.reject(new Error('a plan calls nobody')),
};

function plan(ceilings: { maxCalls?: number; maxCost?: number; filter?: string } = {}) {
  return planLive({ drivers: [driver], cases, setup, region, maxCalls: 100, maxCost: 1, ...ceilings });
}

test('a plan names each call with the most that it may cost', () => {
  const { calls, estimate, currency } = plan();
  expect(calls.length).toBeGreaterThan(10);
  expect(estimate).toBeCloseTo(
    calls.reduce((sum, call) => sum + call.estimate, 0),
    10,
  );
  expect(estimate).toBeLessThan(0.01);
  expect(currency).toBe('USD');
  for (const { asked, estimate: own } of calls) expect(own === 0).toBe(asked.entry.cost === 'free');
});

test('what lies over a ceiling is skipped with the reason, and what is free still fits', () => {
  expect(plan({ maxCalls: 2 }).calls).toHaveLength(2);
  expect(plan({ maxCalls: 2 }).skipped.map(({ because }) => because)).toContain('2 calls are the ceiling');
  const free = plan({ maxCost: 0 });
  expect(free.calls.every(({ asked }) => asked.entry.cost === 'free')).toBe(true);
  expect(free.skipped.map(({ because }) => because)).toContain('USD 0.0000 are the ceiling');
});

test('what needs a second key is skipped', () => {
  expect(plan().skipped.map(({ because }) => because)).toContain('the setup gives no keys.restricted');
});

test('what a client cannot do is skipped with its reason', () => {
  const unable = {
    ...driver,
    supports: { ...supports, streaming: { supported: false, because: 'not yet' } },
  };
  const { skipped } = planLive({
    drivers: [unable as ClientDriver],
    cases,
    setup,
    region,
    maxCalls: 100,
    maxCost: 1,
  });
  expect(skipped.map(({ because }) => because)).toContain('no streaming: not yet');
});

test('a cost is the price of a million tokens, and of an unknown model that of the dearest', () => {
  const prices = { cheap: { input: 1, output: 2 }, dear: { input: 3, output: 4 } };
  const tokens = { inputTokens: 500_000, outputTokens: 1_000_000 };
  expect(costOf('cheap', tokens, { prices } as unknown as LiveRegion)).toBe(2.5);
  expect(costOf('other', tokens, { prices } as unknown as LiveRegion)).toBe(5.5);
});

describe('models of a live run', () => {
  test.each(Object.keys(liveRegions))('of %s have a price each, and the text model is the cheapest', (id) => {
    const { models, prices } = toLiveRegion(id, {});
    const cost = (model: string | null) => costOf(model, costClasses.small, { prices } as LiveRegion);
    for (const model of Object.keys(prices)) expect(cost(models.text)).toBeLessThanOrEqual(cost(model));
  });

  test('come from the setup file first', () => {
    const prices = { currency: 'USD', models: { 'qwen-next': { input: 1, output: 1 } } };
    expect(toLiveRegion('ap-southeast-1', { models: { text: 'qwen-next' }, prices })).toMatchObject({
      models: { text: 'qwen-next', vision: 'qwen3-vl-flash' },
      prices: { 'qwen-next': { input: 1 }, 'qwen3-vl-flash': { input: 0.05 } },
    });
  });

  test('without a price, or without a text model, are refused with the fix', () => {
    expect(() => toLiveRegion('ap-southeast-1', { models: { text: 'qwen-next' } })).toThrow(
      'models.text: the price of qwen-next is not known; give it in the setup file as prices.models["qwen-next"]',
    );
    expect(() => toLiveRegion('eu-central-1', {})).toThrow('The cheapest model of eu-central-1 is not known');
  });
});
