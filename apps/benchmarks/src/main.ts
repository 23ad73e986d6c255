import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBundles, printBundles } from './bundle.ts';
import { printGrowth, runGrowth } from './growth.ts';
import { measures } from './measures.ts';
import { probes } from './probes.ts';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';
import { printProbes, runProbes } from './run-probes.ts';
import { noiseOf, spreadOf } from './statistics.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    contenders: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');
const groups = values.only?.split(',');
const isChosen = (name: string, group: string) => !groups || groups.includes(group) || groups.includes(name);
const chosen = <T extends { readonly group: string }>(table: Readonly<Record<string, T>>) =>
  Object.keys(table).filter((name) => isChosen(name, table[name]?.group ?? ''));
const [chosenMeasures, chosenProbes] = [chosen(measures), chosen(probes)];
const [withGrowth, withBundles] = [isChosen('growth', 'growth'), isChosen('bundle', 'start')];
if (chosenMeasures.length + chosenProbes.length === 0 && !withGrowth && !withBundles) {
  const names = [...Object.keys(measures), ...Object.keys(probes), 'bundle', 'growth'];
  throw new Error(`--only takes some of ${names.join(', ')}, or groups of them`);
}

const names = values.contenders && { contenders: values.contenders.split(',') };
const begin = (part: string) => {
  const start = performance.now();
  return (done: number, all: number, what: string) => {
    const left = ((performance.now() - start) / done) * (all - done);
    process.stderr.write(`${part} ${done}/${all}  ${Math.ceil(left / 1000)} s left of this part  ${what}\n`);
  };
};
const share = values.quick ? 0.1 : 1;
const figures = await runBench({
  measures: chosenMeasures,
  ...names,
  rounds,
  share,
  progress: begin('time'),
});
const probeRows = await runProbes({
  probes: chosenProbes,
  ...names,
  rounds: Math.min(rounds, 3),
  streams: values.quick ? 100 : 1000,
  progress: begin('probes'),
});
const bundles = withBundles ? await measureBundles() : [];
const growth = withGrowth
  ? await runGrowth({
      ...(values.quick && { largest: 1000 }),
      ...names,
      rounds: 1,
      progress: begin('growth'),
    })
  : [];
const rows = toRows(figures);
const noise = rows.flatMap(({ ratio }) => (ratio ? [noiseOf(ratio)] : []));
console.log(
  [
    printRows(rows),
    printProbes(probeRows),
    bundles.length > 0 && printBundles(bundles),
    growth.length > 0 && printGrowth(growth),
    `Ratios are CPU time to the floor's of the same wire in the same round, over ${rounds} rounds.`,
    noise.length > 0 &&
      `Noise: half of a ratio's range is ${(spreadOf(noise).median * 100).toFixed(0)} % of its median, at worst ${(spreadOf(noise).max * 100).toFixed(0)} %.`,
  ]
    .filter(Boolean)
    .join('\n\n'),
);
if (values.json) {
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, node: process.version };
  const date = new Date().toISOString();
  const result = { schema: 2, date, machine, rounds, rows, probes: probeRows, bundles, growth, figures };
  writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
}
