import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { measureBundles, printBundles } from './bundle.ts';
import { contenders } from './contenders.ts';
import { printGrowth, runGrowth } from './growth.ts';
import { measures } from './measures.ts';
import { probes } from './probes.ts';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';
import { printProbes, runProbes } from './run-probes.ts';
import { noiseOf, spreadOf } from './statistics.ts';

const groups = [
  ...new Set([...Object.values(measures), ...Object.values(probes)].map(({ group }) => group)),
  'growth',
];
const names = [...groups, ...Object.keys(measures), ...Object.keys(probes), 'bundle'];

/** Reads names that are separated by commas. */
function listOf(known: readonly string[]): (text: string) => readonly string[] {
  return (text) => {
    const given = text.split(',');
    const unknown = given.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new InvalidArgumentError(`Known: ${known.join(', ')}`);
    return given;
  };
}

function toRounds(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

interface Values {
  readonly only?: readonly string[];
  readonly contenders?: readonly string[];
  readonly rounds?: number;
  readonly json?: string;
  readonly quick: boolean;
}

const values = new Command('bench')
  .description(
    'What a call and an event cost, beside a hand-written loop over fetch: processor time, memory, size, start.',
  )
  .option('--only <names>', `groups or single ones: ${names.join(', ')}`, listOf(names))
  .option(
    '--contenders <names>',
    `beside the floors: ${Object.keys(contenders).join(', ')}`,
    listOf(Object.keys(contenders)),
  )
  .option('--rounds <number>', 'how often each is measured in turn; 3, or 1 when quick', toRounds)
  .option('--json <file>', 'writes all figures to a file')
  .option('--quick', 'a tenth of everything: shows that it works, and no figure to rely on', false)
  .parse()
  .opts<Values>();
const rounds = values.rounds ?? (values.quick ? 1 : 3);
const isChosen = (name: string, group: string) =>
  !values.only || values.only.includes(group) || values.only.includes(name);
const chosen = <T extends { readonly group: string }>(table: Readonly<Record<string, T>>) =>
  Object.keys(table).filter((name) => isChosen(name, table[name]?.group ?? ''));
const [chosenMeasures, chosenProbes] = [chosen(measures), chosen(probes)];
const [withGrowth, withBundles] = [isChosen('growth', 'growth'), isChosen('bundle', 'start')];
const picked = values.contenders && { contenders: values.contenders };
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
  ...picked,
  rounds,
  share,
  progress: begin('time'),
});
const probeRows = await runProbes({
  probes: chosenProbes,
  ...picked,
  rounds: Math.min(rounds, 3),
  streams: values.quick ? 100 : 1000,
  progress: begin('probes'),
});
const bundles = withBundles ? await measureBundles() : [];
const growth = withGrowth
  ? await runGrowth({
      ...(values.quick && { largest: 1000 }),
      ...picked,
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
