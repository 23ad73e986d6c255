import type { TopLevelSpec } from 'vega-lite';
import { contenders } from './contenders.ts';
import { goalOf, ratioGoals } from './goals.ts';
import { type GrowthRow, growths } from './growth.ts';
import { measures } from './measures.ts';
import type { Row } from './report.ts';

/** Measures whose ratios are drawn, in this order. */
const drawn = ['call', 'calls-64', 'bulk', 'chinese', 'framed', 'tools', 'paced'] as const;

const [ours, theirs, floor] = ['Qwire', 'other clients', 'by hand'] as const;
const colors = { domain: [ours, theirs, floor], range: ['#0b6bcb', '#8a8f98', '#c2a13a'] };

/** Readable on a light page and, with its own ground, on a dark one. */
const config = {
  background: '#ffffff',
  padding: 12,
  font: 'system-ui, sans-serif',
  axis: { labelFontSize: 11, titleFontSize: 11, labelLimit: 300, gridColor: '#e6e8eb' },
  header: { labelFontSize: 12, labelFontWeight: 'bold', labelAnchor: 'start', labelPadding: 4 },
  view: { stroke: null },
} as const;

/** Short enough to stand beside a panel. */
function labelOf(contender: string): string {
  return (contenders[contender] ?? contender).replace(', Node transport', ' · Node').replace(' by hand', '');
}

const labels = Object.keys(contenders).map(labelOf);

function kindOf(contender: string): string {
  if (contender.startsWith('qwire-')) return ours;
  return /^floor|by hand/.test(`${contender} ${contenders[contender]}`) ? floor : theirs;
}

/** Ratios to the floor, with their range and the goals; a panel for each measure. */
export function ratioSpec(rows: readonly Row[]): TopLevelSpec {
  const values = rows.flatMap(({ measure, contender, ratio }) =>
    ratio && drawn.some((name) => name === measure)
      ? [
          {
            measure: measures[measure]?.title ?? measure,
            contender: labelOf(contender),
            kind: kindOf(contender),
            goal: goalOf(ratioGoals[measure], contender) ?? null,
            ...ratio,
          },
        ]
      : [],
  );
  const y = { field: 'contender', type: 'nominal', sort: labels, title: null } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config,
    data: { values },
    columns: 2,
    spacing: { column: 24, row: 28 },
    facet: { field: 'measure', sort: drawn.map((name) => measures[name]?.title ?? name), title: null },
    resolve: { scale: { x: 'independent' } },
    spec: {
      width: 215,
      height: { step: 17 },
      layer: [
        { mark: { type: 'rule', color: '#c2a13a' }, encoding: { x: { datum: 1 } } },
        {
          mark: { type: 'rule', color: '#20242a', strokeWidth: 1.5 },
          encoding: { y, x: { field: 'min', type: 'quantitative' }, x2: { field: 'max' } },
        },
        {
          mark: { type: 'circle', size: 90, opacity: 1 },
          encoding: {
            y,
            // From a half to over ten: each doubling is as wide as the next.
            x: {
              field: 'median',
              type: 'quantitative',
              title: 'CPU time beside the loop over fetch',
              scale: { type: 'log' },
              axis: { values: [0.2, 0.5, 1, 2, 5, 10, 20], format: '~g' },
            },
            color: {
              field: 'kind',
              scale: colors,
              legend: { title: null, orient: 'top', labelFontSize: 12 },
            },
          },
        },
        {
          transform: [{ filter: 'datum.goal !== null' }],
          mark: { type: 'tick', color: '#d3362d', thickness: 2.5, height: { band: 0.95 } },
          encoding: { y, x: { field: 'goal', type: 'quantitative' } },
        },
      ],
    },
  };
}

/** What one more costs, by how many there are. */
export function growthSpec(rows: readonly GrowthRow[]): TopLevelSpec {
  const titleOf = (name: string) => `${growths[name]?.title}: ${growths[name]?.unit} for each`;
  const values = rows.flatMap(({ growth, contender, points }) =>
    points.map(({ size, cost }) => ({
      growth: titleOf(growth),
      contender: labelOf(contender),
      kind: kindOf(contender),
      size,
      each: cost / size,
    })),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config,
    data: { values },
    columns: 3,
    facet: { field: 'growth', sort: Object.keys(growths).map(titleOf), title: null },
    resolve: { scale: { x: 'independent', y: 'independent' } },
    spec: {
      width: 205,
      height: 180,
      mark: { type: 'line', point: { size: 28 }, strokeWidth: 1.8 },
      encoding: {
        x: onLogScale('size', '~s'),
        y: onLogScale('each', '~g'),
        color: {
          field: 'contender',
          sort: labels,
          scale: { range: ['#c2a13a', '#8a6d00', '#0b6bcb', '#67b0ff', '#7a2bd0', '#c08bff'] },
          legend: { title: null, orient: 'top', columns: 3, labelLimit: 300 },
        },
      },
    },
  };
}

function onLogScale(field: string, format: string) {
  return {
    field,
    type: 'quantitative',
    scale: { type: 'log' },
    title: null,
    axis: { format, tickCount: 5 },
  } as const;
}
