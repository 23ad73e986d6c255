import { expect, test } from 'vitest';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';

test('contenders are measured in processes of their own, and set beside the floor', {
  timeout: 60_000,
}, async () => {
  const names = ['floor', 'qwire-openai-compatible-node', 'qwire-dashscope-fetch'];
  const figures = await runBench({ measures: ['call', 'tools'], contenders: names, rounds: 1, share: 0.01 });
  const rows = toRows(figures);
  expect(rows.map(({ measure, contender }) => `${measure} ${contender}`)).toEqual(
    ['call', 'tools'].flatMap((measure) => names.map((name) => `${measure} ${name}`)),
  );
  expect(rows.every(({ cpu, wall }) => cpu > 0 && wall > 0)).toBe(true);
  expect(rows[0]?.ratio).toEqual({ min: 1, median: 1, max: 1 });
  expect(printRows(rows)).toContain('@qwire/dashscope');
});
