import { expect, test } from 'vitest';
import { sampleReport, sampleResult } from '../../self-check/sample-report.ts';
import type { Verdict } from '../judge.ts';
import { matrixText } from './matrix-text.ts';

const clients = ['@qwire/openai-compatible', 'openai'];

/** Forty behaviors in two groups; the second client fails in the last of the first group. */
const report = sampleReport({
  clients: clients.map((name) => ({ name, version: '1', wireFormat: 'openai-compatible' })),
  results: Array.from({ length: 40 }, (_, index) => {
    const behavior = `${index < 20 ? 'errors' : 'stream'}/behavior-number-${String(index).padStart(2, '0')}`;
    return clients.map((client, column) => {
      const verdict: Verdict = index === 19 && column === 1 ? 'fail' : 'pass';
      return sampleResult({ behavior, client, verdict });
    });
  }).flat(),
});

test('of many behaviors, those that pass everywhere are one line for each group', () => {
  expect(matrixText(report).split('\n')).toEqual([
    'behavior                   @qwire/openai-compatible  openai   wires',
    'errors/behavior-number-19  pass                      FAIL     -',
    'errors/* (19)              19 pass                   19 pass  -',
    'stream/* (20)              20 pass                   20 pass  -',
  ]);
});

test('a line for a group says how often the wires agree', () => {
  const wires = ['openai-compatible', 'dashscope'] as const;
  const results = Array.from({ length: 40 }, (_, index) =>
    wires
      .filter((wireFormat) => index > 2 || wireFormat === 'dashscope')
      .map((wireFormat) =>
        sampleResult({
          behavior: `errors/behavior-number-${index}`,
          client: wireFormat,
          wireFormat,
          overrides: index === 9 ? ['error.code'] : [],
        }),
      ),
  ).flat();
  const absent = [0, 1, 2].map((index) => ({
    behavior: `errors/behavior-number-${index}`,
    wireFormat: 'openai-compatible' as const,
    because: 'It has none.',
  }));
  const both = wires.map((wireFormat) => ({ name: wireFormat, version: '1', wireFormat }));
  expect(matrixText(sampleReport({ clients: both, results, absent }))).toMatch(
    /37 pass +40 pass +36 same, 3 one wire, 1 declared$/,
  );
});

test('every behavior has its line when all are asked for', () => {
  expect(matrixText(report, { all: true }).split('\n')).toHaveLength(41);
});

test.each([
  [60, 'behavior                   [1]      [2]      wires'],
  [47, 'behavior                   [1]      [2]'],
  [42, 'behavior                  [1]      [2]'],
  [30, 'behavior            [1]   [2]'],
])('in %i columns no line is wider, and numbers stand for the clients', (columns, head) => {
  const lines = matrixText(report, { columns }).split('\n');
  expect(lines.slice(0, 4)).toEqual(['[1] @qwire/openai-compatible', '[2] openai', '', head]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
});

test('signs stand for verdicts, and behaviors lose their middle, where nothing else fits', () => {
  expect(matrixText(report, { columns: 30 })).toContain(
    'errors/…-number-19  ✓     ✗\nerrors/* (19)       19 ✓  19 ✓',
  );
});

test('a color does not change where columns stand', () => {
  const plain = matrixText(report);
  expect(
    matrixText(report, { paint: (verdict, text) => `<${verdict}>${text}` }).replaceAll(/<.*?>/g, ''),
  ).toBe(plain);
});
