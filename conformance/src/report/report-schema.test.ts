import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { referenceClient } from '../../defects/reference-client.ts';
import { firstCarrier, withCarrier } from '../../self-check/with-carrier.ts';
import { jsonSchemas } from '../json-schemas.ts';
import { type ConformanceCase, loadCases } from '../load-cases.ts';
import { packageRoot } from '../package-root.ts';
import { runCase } from '../run-suite.ts';
import { citedSources, type SuiteReport, suiteVersions } from './suite-report.ts';

function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(packageRoot, name), 'utf8'));
}

test.each(Object.entries(jsonSchemas()))(
  '%s is up to date; `pnpm --filter @qwire/conformance schemas` writes it',
  (name, schema) => {
    expect(readSchema(name)).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

test('a report of cases from everywhere validates against the published schema, also where they fail', async () => {
  const validate = createValidator(readSchema('report.schema.json'));
  const report = await reportOf((_, position) => position % 11 === 0);
  expect(new Set(report.results.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'fail']));
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors ?? []).toEqual([]);
});

test('a report with a member that the schema does not know is refused', async () => {
  const validate = createValidator(readSchema('report.schema.json'));
  const report = { ...(await reportOf(({ behavior }) => behavior === 'errors/rejected-key')), mood: 'good' };
  expect(validate(JSON.parse(JSON.stringify(report)))).toBe(false);
});

test('each scenario of the suite validates against the published schema', () => {
  const validate = createValidator(readSchema('scenario.schema.json'));
  const wrong = [...loadCases().behaviors.keys()].filter(
    (behavior) => !validate(readSchema(`cases/${behavior}/scenario.json`)),
  );
  expect(wrong).toEqual([]);
});

function createValidator(schema: object) {
  const ajv = new Ajv2020();
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** Performed by the reference client, which is broken in every third case. */
async function reportOf(
  choose: (testCase: ConformanceCase, position: number) => boolean,
): Promise<SuiteReport> {
  const index = loadCases();
  const chosen = index.cases.filter(choose);
  const startedAt = new Date();
  const results = [];
  for (const name of ['intercept', 'loopback'] as const) {
    const own = chosen.filter((testCase) => firstCarrier(testCase) === name);
    results.push(
      ...(await withCarrier(name, async (carrier) => {
        const performed = [];
        for (const [position, testCase] of own.entries()) {
          const defects = new Set(position % 3 === 0 ? (['drop-request-id', 'lose-usage'] as const) : []);
          performed.push(await runCase(testCase, { driver: referenceClient(testCase, defects), carrier }));
        }
        return performed;
      })),
    );
  }
  return {
    reportVersion: 1,
    ...suiteVersions(),
    casesDigest: index.digest,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    carriers: ['intercept', 'loopback'],
    clients: [{ name: 'reference', version: '0', wireFormat: 'dashscope' }],
    problems: [],
    warnings: [],
    results,
    sources: citedSources(results, index.sources),
    absent: index.absent,
  };
}
