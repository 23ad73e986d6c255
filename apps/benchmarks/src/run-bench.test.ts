import { expect, test } from 'vitest';
import { Failures, printFailures } from './failures.ts';
import { runGrowth } from './growth.ts';
import { probes } from './probes.ts';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';
import { printProbes, runProbes } from './run-probes.ts';

test('each probe gives a figure for a floor and for a client of ours', { timeout: 60_000 }, async () => {
  const names = ['floor-dashscope', 'qwire-dashscope-node'];
  const rows = await runProbes({
    probes: Object.keys(probes),
    contenders: names,
    rounds: 1,
    streams: 5,
    failures: new Failures(),
  });
  expect(rows).toHaveLength(Object.keys(probes).length * names.length);
  expect(rows.every(({ value }) => Number.isFinite(value.median))).toBe(true);
  expect(printProbes(rows)).toContain('@qwire/dashscope');
});

test('growth is measured over all sizes up to the largest', { timeout: 60_000 }, async () => {
  const rows = await runGrowth({
    rounds: 1,
    contenders: ['floor'],
    largest: 10,
    failures: new Failures(),
  });
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
    failures: new Failures(),
  });
  const rows = toRows(figures);
  expect(rows.map(({ measure, contender }) => `${measure} ${contender}`)).toEqual(
    ['call', 'tools', 'chinese'].flatMap((measure) => names.map((name) => `${measure} ${name}`)),
  );
  expect(rows.every(({ cpu, wall }) => cpu > 0 && wall > 0)).toBe(true);
  expect(rows[0]?.ratio).toEqual({ min: 1, median: 1, max: 1 });
  expect(printRows(rows)).toContain('@qwire/dashscope');
});

test('who fails is named and has no figures, and the others are measured', { timeout: 60_000 }, async () => {
  const failures = new Failures();
  const contenders = ['nobody', 'floor'];
  const options = { contenders, failures };
  const figures = await runBench({ ...options, measures: ['call'], rounds: 2, share: 0.01 });
  const probed = await runProbes({ ...options, probes: ['leave'], rounds: 1 });
  const grown = await runGrowth({ ...options, rounds: 1, largest: 10 });
  expect(Object.keys(figures.call ?? {})).toEqual(['floor']);
  expect([...probed, ...grown].every(({ contender }) => contender === 'floor')).toBe(true);
  expect(failures.all.map(({ what }) => what)).toEqual([
    'call',
    'leave',
    'events',
    'messages',
    'open-streams',
  ]);
  expect(printFailures(failures.all)).toMatch(
    /^Failed, and left out:\n {2}nobody in call: Error.*nobody\.ts/,
  );
});
