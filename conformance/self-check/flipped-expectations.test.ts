import { expect, test } from 'vitest';
import { referenceClient } from '../defects/reference-client.ts';
import { findDifferences } from '../src/find-differences.ts';
import { type ConformanceCase, loadCases } from '../src/load-cases.ts';
import { performCase } from '../src/perform-case.ts';
import { flipExpectation, flipRequest } from './flip.ts';
import { firstCarrier, withCarrier } from './with-carrier.ts';

// Each check of each case is turned into a wrong one. A check that still holds then is one that is never made.
test.each(loadCases().cases)('a wrong expectation in any part of $id is noticed', async (testCase) => {
  const observation = await withCarrier(firstCarrier(testCase), (carrier) =>
    performCase(testCase, { driver: referenceClient(testCase), carrier, timeLimitMs: 10_000 }),
  );
  const unnoticed = flippedCases(testCase)
    .filter(({ statement }) => findDifferences(statement, observation).length === 0)
    .map(({ path }) => path);
  expect(unnoticed).toEqual([]);
});

function flippedCases(testCase: ConformanceCase) {
  // Another outcome that is allowed too would hide a flip of the first.
  const alone: ConformanceCase = { ...testCase, alsoAllowed: [] };
  const [last] = testCase.exchanges.slice(-1);
  return [
    ...(last
      ? [
          { path: 'exchanges, one more', statement: { ...alone, exchanges: [...alone.exchanges, last] } },
          { path: 'exchanges, one less', statement: { ...alone, exchanges: alone.exchanges.slice(0, -1) } },
        ]
      : []),
    ...flipExpectation(testCase.expect).map(({ path, statement }) => ({
      path,
      statement: { ...alone, expect: statement },
    })),
    ...testCase.exchanges.flatMap((exchange, position) =>
      flipRequest(exchange.request).map(({ path, statement }) => ({
        path: `exchanges[${position}].request.${path}`,
        statement: {
          ...alone,
          exchanges: alone.exchanges.with(position, { ...exchange, request: statement }),
        },
      })),
    ),
  ];
}
