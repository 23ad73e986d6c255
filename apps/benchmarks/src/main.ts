import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { measureBundles, printBundles } from './bundle.ts';
import { contenders } from './contenders.ts';
import { Failures, printFailures } from './failures.ts';
import { countGrowth, printGrowth, runGrowth } from './growth.ts';
import { measures } from './measures.ts';
import { probes } from './probes.ts';
import { createProgress } from './progress.ts';
import { printRows, toRows } from './report.ts';
import { countRounds, runBench } from './run-bench.ts';
import { countProbes, printProbes, runProbes } from './run-probes.ts';
import { noiseOf, spreadOf } from './statistics.ts';
import { printVerdicts, toVerdicts } from './verdicts.ts';
import { versionsOf } from './versions.ts';

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
const streams = values.quick ? 100 : 1000;
const share = values.quick ? 0.1 : 1;
const failures = new Failures();
const growthOptions = { ...(values.quick && { largest: 1000 }), ...picked, rounds: 1, failures };
const probeOptions = { probes: chosenProbes, ...picked, rounds: Math.min(rounds, 3), streams, failures };
const benchOptions = { measures: chosenMeasures, ...picked, rounds, share, failures };
const progress = createProgress(
  countRounds(benchOptions) + countProbes(probeOptions) + (withGrowth ? countGrowth(growthOptions) : 0),
);
process.once('SIGINT', () => {
  progress.end();
  process.stderr.write('Stopped; nothing was written.\n');
  process.exit(130);
});
const figures = await runBench({ ...benchOptions, progress: progress.step });
const probeRows = await runProbes({ ...probeOptions, progress: progress.step });
const growth = withGrowth ? await runGrowth({ ...growthOptions, progress: progress.step }) : [];
progress.end();
const bundles = withBundles ? await measureBundles() : [];
const rows = toRows(figures);
const verdicts = toVerdicts(rows, probeRows, bundles);
const noise = rows.flatMap(({ ratio }) => (ratio ? [noiseOf(ratio)] : []));
console.log(
  [
    printRows(rows),
    printProbes(probeRows),
    bundles.length > 0 && printBundles(bundles),
    growth.length > 0 && printGrowth(growth),
    verdicts.length > 0 && printVerdicts(verdicts),
    `Ratios are CPU time to the floor's of the same wire in the same round, over ${rounds} rounds.`,
    noise.length > 0 &&
      `Noise: half of a ratio's range is ${(spreadOf(noise).median * 100).toFixed(0)} % of its median, at worst ${(spreadOf(noise).max * 100).toFixed(0)} %.`,
    printFailures(failures.all),
  ]
    .filter(Boolean)
    .join('\n\n'),
);
if (values.json) {
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, node: process.version };
  const date = new Date().toISOString();
  const versions = versionsOf(values.contenders ?? Object.keys(contenders));
  const result = {
    schema: 3,
    date,
    machine,
    versions,
    rounds,
    rows,
    probes: probeRows,
    bundles,
    growth,
    failures: failures.all,
    figures,
  };
  writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
}
if (failures.all.length > 0) process.exitCode = 1;
