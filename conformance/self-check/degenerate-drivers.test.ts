import { type Capabilities, capabilityKeys } from '@qwire/core';
import { expect, test } from 'vitest';
import { referenceClient } from '../defects/reference-client.ts';
import { carrierNames } from '../src/case-schema.ts';
import { splitBytes } from '../src/deliver-reply.ts';
import type { ClientDriver } from '../src/driver.ts';
import { type ConformanceCase, loadCases } from '../src/load-cases.ts';
import type { Outcome } from '../src/outcome.ts';
import { runCase } from '../src/run-suite.ts';
import { firstCarrier, withCarrier } from './with-carrier.ts';

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;

interface Degenerate {
  readonly perform: (testCase: ConformanceCase) => ClientDriver['perform'];
  /** The cases in which it shows; all in which something is sent unless given. */
  readonly touches?: (testCase: ConformanceCase) => boolean;
}

/** The outcome that the case expects, made up without asking anyone. */
function madeUp({ expect: { ended = 'failed', response, error, events } }: ConformanceCase): Outcome {
  return { ended, response, error, events } as unknown as Outcome;
}

/** A case that retries has two requests anyway, and one that is aborted at the first never comes to the second. */
function asksOnce({ call, exchanges }: ConformanceCase): boolean {
  return exchanges.length === 1 && !(call.cancel && 'before' in call.cancel);
}

function completesInPieces({ call, expect: { ended }, exchanges }: ConformanceCase): boolean {
  const { reply } = exchanges.at(-1) ?? {};
  // What is compressed may be unpacked into one chunk, however many came.
  const isPlain = reply?.kind === 'http' && reply.headers['content-encoding'] === undefined;
  const inPieces = isPlain && splitBytes(reply.body, reply.delivery.split).length > 1;
  return call.operation === 'stream' && ended === 'completed' && inPieces;
}

const degenerate: Readonly<Record<string, Degenerate>> = {
  'returns nothing': { perform: () => async () => ({ ended: 'completed' }) },
  'always succeeds with the same text': {
    perform: () => async () => ({ ended: 'completed', response: { text: 'Hello' } }),
  },
  'always fails with the same error': {
    perform: () => async () => ({ ended: 'failed', error: { kind: 'unavailable', code: 'Same' } }),
  },
  'knows the answer and never asks': { perform: (testCase) => async () => madeUp(testCase) },
  'asks for everything twice': {
    perform: (testCase) => referenceClient(testCase, new Set(['send-twice'])).perform,
    touches: asksOnce,
  },
  'reads only the first chunk': {
    perform: (testCase) => referenceClient(testCase, new Set(['first-chunk-only'])).perform,
    touches: completesInPieces,
  },
};

test.each(Object.entries(degenerate))(
  'a client that %s fails every case',
  async (_, { perform, touches = () => true }) => {
    const cases = loadCases().cases.filter((testCase) => testCase.exchanges.length > 0 && touches(testCase));
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
          const { verdict } = await runCase(testCase, { driver, carrier, timeLimitMs: 10_000 });
          if (verdict !== 'fail') passed.push(testCase.id);
        }
      });
    }
    expect(passed).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  },
  120_000,
);
