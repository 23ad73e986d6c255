import { writeFileSync } from 'node:fs';
import { drawCharts, readFigures } from './draw-charts.ts';

// Run as a program: draws docs/benchmarks.json, as `npm run bench -- --json docs/benchmarks.json` writes it.
const docs = new URL('../../../docs/', import.meta.url);
for (const [name, svg] of Object.entries(await drawCharts(readFigures(new URL('benchmarks.json', docs))))) {
  writeFileSync(new URL(name, docs), svg);
  console.log(`docs/${name}`);
}
