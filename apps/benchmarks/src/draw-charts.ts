import { readFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { growthSpec, ratioSpec } from './chart-spec.ts';
import type { GrowthRow } from './growth.ts';
import type { Row } from './report.ts';

/** What of a run's figures is drawn. */
export interface Figures {
  readonly rows: readonly Row[];
  readonly growth: readonly GrowthRow[];
}

/** The pictures of a run by their names in `docs/`, the same for the same figures. */
export async function drawCharts({ rows, growth }: Figures): Promise<Readonly<Record<string, string>>> {
  return {
    'benchmarks.svg': await draw(ratioSpec(rows)),
    'benchmarks-growth.svg': await draw(growthSpec(growth)),
  };
}

async function draw(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  return `${await view.toSVG()}\n`;
}

/** The figures that a run wrote with `--json`. @throws Error for another file. */
export function readFigures(path: string | URL): Figures {
  const { schema, rows, growth }: Figures & { readonly schema: unknown } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  if (schema !== 3 || !Array.isArray(rows) || !Array.isArray(growth)) {
    throw new Error(`${path} holds no figures that npm run bench wrote`);
  }
  return { rows, growth };
}
