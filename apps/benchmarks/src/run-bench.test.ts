import { expect, test } from 'vitest';
import { runGrowth } from './growth.ts';
import { probes } from './probes.ts';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';
import { printProbes, runProbes } from './run-probes.ts';

test('each probe gives a figure for a floor and for a client of ours', { timeout: 60_000 }, async () => {
  const names = ['floor-dashscope', 'qwire-dashscope-node'];
  const rows = await runProbes({ probes: Object.keys(probes), contenders: names, rounds: 1, streams: 5 });
  expect(rows).toHaveLength(Object.keys(probes).length * names.length);
  expect(rows.every(({ value }) => Number.isFinite(value.median))).toBe(true);
  expect(printProbes(rows)).toContain('@qwire/dashscope');
});

test('growth is measured over all sizes up to the largest', { timeout: 60_000 }, async () => {
  const rows = await runGrowth({ rounds: 1, contenders: ['floor'], largest: 10 });
  expect(rows.map(({ points }) => points.map(({ size }) => size))).toEqual([[10], [1, 10], [1, 10]]);
});

test('contenders are measured in processes of their own, and set beside the floor', {
  timeout: 60_000,
}, async () => {
  const names = ['floor', 'qwire-openai-compatible-node', 'qwire-dashscope-fetch'];
  const figures = await runBench({
    measures: ['call', 'tools', 'chinese'],
    contenders: names,
    rounds: 1,
    share: 0.01,
  });
  const rows = toRows(figures);
  expect(rows.map(({ measure, contender }) => `${measure} ${contender}`)).toEqual(
    ['call', 'tools', 'chinese'].flatMap((measure) => names.map((name) => `${measure} ${name}`)),
  );
  expect(rows.every(({ cpu, wall }) => cpu > 0 && wall > 0)).toBe(true);
  expect(rows[0]?.ratio).toEqual({ min: 1, median: 1, max: 1 });
  expect(printRows(rows)).toContain('@qwire/dashscope');
});
