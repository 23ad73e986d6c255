import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawCharts, readFigures } from './draw-charts.ts';

const row = { measure: 'bulk', cpu: 4, wall: 4, connections: 0 };
const figures = {
  rows: [
    { ...row, contender: 'qwire-dashscope-node', ratio: { min: 0.5, median: 0.6, max: 0.75 } },
    { ...row, contender: 'openai', ratio: { min: 3, median: 3.5, max: 4 } },
    { ...row, contender: 'xsai' },
  ],
  growth: [
    {
      growth: 'messages',
      contender: 'floor',
      points: [
        { size: 1, cost: 600 },
        { size: 1000, cost: 3000 },
      ],
      exponent: 0.5,
      isWorseThanLinear: false,
    },
  ],
};

test('a run is drawn with its measures, its contenders and their ratios', async () => {
  const pictures = await drawCharts(figures);
  const ratios = pictures['benchmarks.svg'] ?? '';
  for (const text of ['stream in bulk', '@qwire/dashscope · Node', 'openai', 'over fetch: 3.5']) {
    expect(ratios).toContain(text);
  }
  expect(ratios).not.toContain('xsai');
  expect(pictures['benchmarks-growth.svg']).toContain('messages of a request: µs for each');
});

test('the same figures make the same pictures', async () => {
  expect(await drawCharts(figures)).toEqual(await drawCharts(structuredClone(figures)));
});

test('the pictures in docs/ are drawn of the figures there', async () => {
  const docs = new URL('../../../docs/', import.meta.url);
  const pictures = await drawCharts(readFigures(new URL('benchmarks.json', docs)));
  for (const [name, picture] of Object.entries(pictures)) {
    // Not a difference of a hundred lines each.
    expect(readFileSync(new URL(name, docs), 'utf8') === picture, `${name}: npm run bench:chart`).toBe(true);
  }
});
