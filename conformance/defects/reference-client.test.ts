import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Carrier } from '../src/carrier.ts';
import { carrierNames } from '../src/case-schema.ts';
import { loadCases } from '../src/load-cases.ts';
import { describeDifferences } from '../src/report/describe-differences.ts';
import { runCase, startCarrier } from '../src/run-suite.ts';
import { referenceClient } from './reference-client.ts';

describe.each(carrierNames)('the reference client without defects, %s', (name) => {
  let carrier: Carrier;

  beforeAll(async () => {
    carrier = await startCarrier(name);
  });

  afterAll(() => carrier.stop());

  test.each(loadCases().cases.filter(({ carriers }) => carriers.includes(name)))(
    'passes $id',
    async (testCase) => {
      const result = await runCase(testCase, { driver: referenceClient(testCase), carrier });
      expect(`${result.verdict} ${describeDifferences(result)}`).toBe('pass ');
    },
  );
});
