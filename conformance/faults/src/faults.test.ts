import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { carriers } from './carriers.ts';
import { readComparison } from './comparison.ts';
import { docsPage } from './docs-page.ts';
import { matrixMarkdown } from './matrix-markdown.ts';
import { matrixText } from './matrix-text.ts';
import { type FaultReport, runFaults } from './run-faults.ts';
import { faults } from './table/index.ts';
import type { Wire } from './wire.ts';

// What is too long is cut off by the part that both wires and both carriers share.
const heavyOn: Readonly<Record<string, readonly Wire[]>> = {
  fetch: ['openai-compatible'],
  node: ['dashscope'],
  'key-from-store': ['dashscope'],
};

describe.each(Object.entries(carriers))('over %s', (name, createSubject) => {
  let report: FaultReport;
  beforeAll(async () => {
    report = await runFaults(createSubject(), { heavyOn: heavyOn[name] ?? [] });
  });

  test.each(faults)('$title ($id)', (fault) => {
    const cells = report.cells.filter((cell) => cell.fault === fault);
    expect(cells.length).toBeGreaterThan(0);
    const wrong = cells.flatMap(({ wire, method, retried, problems }) =>
      problems.map((problem) => `${wire} ${method}${retried ? ' with retries' : ''}: ${problem}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no rejection is unhandled', () => {
    expect(report.unhandled).toEqual([]);
  });

  test('nothing keeps the process alive', () => {
    expect(report.leftResources).toEqual([]);
  });

  test('the matrix fits a terminal of 80 columns', () => {
    const lines = matrixText({ ...report, unhandled: [] }, { color: false }).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

test('the ids of faults differ', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});

test('the page of the matrix is what the table says', () => {
  expect(readFileSync(docsPage, 'utf8')).toBe(matrixMarkdown(faults, readComparison()));
});
