import { type Capabilities, capabilityKeys } from '@qwire/core';
import { expect, test } from 'vitest';
import { sampleCase } from '../self-check/sample-case.ts';
import type { ClientDriver } from './driver.ts';
import type { CaseIndex, ConformanceCase } from './load-cases.ts';
import { junitReport } from './report/junit.ts';
import { matrixMarkdown } from './report/matrix.ts';
import { matrixText } from './report/matrix-text.ts';
import { hasFailed } from './report/suite-report.ts';
import { runSuite } from './run-suite.ts';

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;

/** Sends what the sample expects and reports this text. */
function client(text: string, wireFormat: ClientDriver['wireFormat'] = 'openai-compatible'): ClientDriver {
  return {
    name: `${wireFormat} client`,
    version: '1.2.3',
    wireFormat,
    supports,
    async perform(
      { client: { apiKey } },
      { baseURL = 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
    ) {
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      await fetch(`${baseURL}/chat/completions`, { method: 'POST', headers, body: '{}' }).then((reply) =>
        reply.text(),
      );
      return { ended: 'completed', response: { text, warnings: [] } };
    },
  };
}

function index(...cases: ConformanceCase[]): CaseIndex {
  const behaviors = new Map(cases.map(({ behavior, title }) => [behavior, title]));
  return { cases, absent: [], behaviors, sources: {}, digest: '0' };
}

test('a case that holds passes on both carriers', async () => {
  const report = await runSuite({ drivers: [client('Hello')], cases: index(sampleCase()) });
  expect(report.problems).toEqual([]);
  expect(report.results.map(({ carrier, verdict }) => [carrier, verdict])).toEqual([
    ['intercept', 'pass'],
    ['loopback', 'pass'],
  ]);
  expect(hasFailed(report)).toBe(false);
});

test('a run that is stopped reports what is done, and that it was stopped', async () => {
  const stopping = new AbortController();
  const second = sampleCase({ id: 'openai-compatible/sample/slow', behavior: 'sample/slow', title: 'Slow' });
  let performed = 0;
  const driver: ClientDriver = {
    ...client('Hello'),
    perform(call, surroundings) {
      performed += 1;
      if (performed === 1) return client('Hello').perform(call, surroundings);
      stopping.abort();
      return new Promise(() => {});
    },
  };
  const report = await runSuite({
    drivers: [driver],
    cases: index(sampleCase(), second),
    signal: stopping.signal,
  });
  expect(report.results.map(({ behavior, verdict }) => [behavior, verdict])).toEqual([
    ['sample/chat', 'pass'],
  ]);
  expect(report.problems).toEqual(['The run was stopped after 1 of 4 cases']);
  expect(hasFailed(report)).toBe(true);
});

test('a failure names the difference, shows the request without the key, and fails the run', async () => {
  const report = await runSuite({
    drivers: [client('Bye')],
    cases: index(sampleCase()),
    carriers: ['loopback'],
  });
  const [result] = report.results;
  expect(result?.differences).toEqual([{ path: 'response.text', expected: 'Hello', actual: 'Bye' }]);
  expect(result?.requests[0]?.headers.authorization).toBe('Bearer [key]');
  expect(hasFailed(report)).toBe(true);
});

test('a tentative case fails without failing the run', async () => {
  const cases = index(sampleCase({ status: 'tentative' }));
  const report = await runSuite({ drivers: [client('Bye')], cases, carriers: ['intercept'] });
  expect(report.results[0]?.verdict).toBe('fail');
  expect(hasFailed(report)).toBe(false);
  expect(matrixText(report)).toContain('FAIL (tentative)');
});

test('a withdrawn case does not run', async () => {
  const report = await runSuite({
    drivers: [client('Hello')],
    cases: index(sampleCase({ status: 'withdrawn' })),
  });
  expect(report.results).toEqual([]);
});

test('only cases that match the filter run', async () => {
  const other = sampleCase({
    id: 'openai-compatible/sample/other',
    behavior: 'sample/other',
    title: 'Another one',
  });
  const report = await runSuite({
    drivers: [client('Hello')],
    cases: index(sampleCase(), other),
    carriers: ['intercept'],
    filter: 'ANOTHER',
  });
  expect(report.results.map(({ behavior }) => behavior)).toEqual(['sample/other']);
});

test('a client that brings no outcome in time fails the case and is aborted', async () => {
  let aborted = false;
  const driver: ClientDriver = {
    ...client('Hello'),
    perform: (_, { signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
      }),
  };
  const report = await runSuite({
    drivers: [driver],
    cases: index(sampleCase()),
    carriers: ['intercept'],
    timeLimitMs: 20,
  });
  expect(report.results[0]).toMatchObject({
    verdict: 'fail',
    differences: [{ path: 'requests.length' }, { path: 'ended' }],
  });
  expect(aborted).toBe(true);
});

test('a deviation that names no case is a problem, and one that is overdue a warning', async () => {
  const entry = {
    case: 'openai-compatible/no/such',
    cause: 'our-defect' as const,
    observed: {},
    requestDifferences: [],
    because: 'x',
    since: '2020-01-01',
    reviewBy: '2020-02-01',
  };
  const deviations = { 'openai-compatible client': [entry] };
  const options = {
    drivers: [client('Hello')],
    cases: index(sampleCase()),
    carriers: ['intercept'] as const,
    deviations,
  };
  const report = await runSuite(options);
  expect(report.problems).toEqual([
    'openai-compatible client: a deviation names "openai-compatible/no/such", which is no case',
  ]);
  expect(report.warnings).toHaveLength(1);
  expect(hasFailed(report)).toBe(true);
});

test('the matrix has behaviors down, clients across, and whether the wires agree', async () => {
  const [check] = sampleCase().exchanges;
  const request = check && { ...check.request, url: check.request.url.replace('compatible-mode', 'api') };
  const native = sampleCase({
    id: 'dashscope/sample/chat',
    wireFormat: 'dashscope',
    overrides: ['error.code'],
    exchanges: check && request ? [{ ...check, request }] : [],
  });
  const cases = index(sampleCase(), native);
  const base = client('Hello', 'dashscope');
  const nativeClient: ClientDriver = {
    ...base,
    perform: (call, around) =>
      base.perform(call, {
        ...around,
        baseURL: around.baseURL ?? 'https://dashscope-intl.aliyuncs.com/api/v1',
      }),
  };
  const report = await runSuite({ drivers: [client('Hello'), nativeClient], cases });
  expect(matrixMarkdown(report).split('\n').slice(0, 3)).toEqual([
    '| Behavior | openai-compatible client 1.2.3 | dashscope client 1.2.3 | Wires |',
    '| --- | --- | --- | --- |',
    '| sample/chat | pass | pass | same but code |',
  ]);
});

test('a wire that is absent from a scenario is shown as such', async () => {
  const cases: CaseIndex = {
    ...index(sampleCase()),
    absent: [{ behavior: 'sample/chat', wireFormat: 'dashscope', because: 'it cannot say this' }],
  };
  const report = await runSuite({
    drivers: [client('Hello'), client('Hello', 'dashscope')],
    cases,
    carriers: ['intercept'],
  });
  expect(matrixText(report).split('\n')[1]).toMatch(/^sample\/chat +pass +absent +one wire$/);
});

test('JUnit has a suite for each client and carrier, and the reasons of failures', async () => {
  const report = await runSuite({ drivers: [client('Bye')], cases: index(sampleCase()) });
  const xml = junitReport(report);
  expect(xml).toContain('<testsuite name="openai-compatible client (intercept)" tests="1" failures="1"');
  expect(xml).toContain('response.text: expected &quot;Hello&quot;, got &quot;Bye&quot;');
});
