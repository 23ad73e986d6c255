import { expect, test } from 'vitest';
import { wireNames } from '../src/case-schema.ts';
import type { ClientDriver } from '../src/driver.ts';
import { loadCases } from '../src/load-cases.ts';
import { registerSuite } from '../src/vitest.ts';
import { referenceClient } from './reference-client.ts';

// Without defects the reference client passes every case on every carrier, so each case can be passed.
const cases = loadCases();

for (const wireFormat of wireNames) registerSuite(driverOf(wireFormat), { cases });

/** The reference client takes what it sends from the case, so it has to find the case of each call. */
function driverOf(wireFormat: ClientDriver['wireFormat']): ClientDriver {
  const ofWire = cases.cases.filter((testCase) => testCase.wireFormat === wireFormat);
  const [first] = ofWire;
  if (!first) throw new Error(`There is no case for ${wireFormat}`);
  return {
    ...referenceClient(first),
    name: `reference client, ${wireFormat}`,
    perform(call, surroundings) {
      // Both wires share the call of their scenario.
      const testCase = ofWire.find((candidate) => candidate.call === call) ?? first;
      return referenceClient(testCase).perform(call, surroundings);
    },
  };
}

test('each test carries its result', ({ task }) => {
  const suites = task.file.tasks.filter((entry) => entry.type === 'suite');
  const results = suites.flatMap(({ tasks }) => tasks.map(({ meta }) => meta.conformance?.verdict));
  expect(results.length).toBeGreaterThan(cases.cases.length);
  expect(results.every((verdict) => verdict === 'pass')).toBe(true);
});
