import { type Capabilities, capabilityKeys } from '@qwire/core';
import { describe, expect, test } from 'vitest';
import { referenceClient } from '../defects/reference-client.ts';
import { carrierNames } from '../src/case-schema.ts';
import type { ClientDriver } from '../src/driver.ts';
import { type ConformanceCase, loadCases } from '../src/load-cases.ts';
import type { Outcome } from '../src/outcome.ts';
import { runCase } from '../src/run-suite.ts';
import { firstCarrier, withCarrier } from './with-carrier.ts';

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;

type Perform = (testCase: ConformanceCase) => ClientDriver['perform'];

/** The outcome that the case expects, made up without asking anyone. */
function madeUp({ expect: { ended = 'failed', response, error, events } }: ConformanceCase): Outcome {
  return { ended, response, error, events } as unknown as Outcome;
}

const degenerate: Readonly<Record<string, Perform>> = {
  'returns nothing': () => async () => ({ ended: 'completed' }),
  'always succeeds with the same text': () => async () => ({
    ended: 'completed',
    response: { text: 'Hello' },
  }),
  'always fails with the same error': () => async () => ({
    ended: 'failed',
    error: { kind: 'unavailable', code: 'Same' },
  }),
  'knows the answer and never asks': (testCase) => async () => madeUp(testCase),
  'asks for everything twice': (testCase) => referenceClient(testCase, new Set(['send-twice'])).perform,
};

describe.each(Object.entries(degenerate))('a client that %s', (_, perform) => {
  test('fails every case in which something is sent', async () => {
    const cases = loadCases().cases.filter(({ exchanges }) => exchanges.length > 0);
    const passed: string[] = [];
    for (const name of carrierNames) {
      await withCarrier(name, async (carrier) => {
        for (const testCase of cases.filter((entry) => firstCarrier(entry) === name)) {
          const { wireFormat } = testCase;
          const driver = {
            name: 'degenerate',
            version: '0',
            wireFormat,
            supports,
            perform: perform(testCase),
          };
          const { verdict } = await runCase(testCase, { driver, carrier, timeLimitMs: 1000 });
          if (verdict !== 'fail') passed.push(testCase.id);
        }
      });
    }
    expect(passed).toEqual([]);
  }, 120_000);
});
