import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measures } from './measures.ts';
import { printRows, toRows } from './report.ts';
import { runBench } from './run-bench.ts';

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
const chosen = Object.entries(measures)
  .filter(([name, { group }]) => !groups || groups.includes(group) || groups.includes(name))
  .map(([name]) => name);
if (chosen.length === 0)
  throw new Error(`--only takes some of ${Object.keys(measures).join(', ')}, or groups of them`);

const start = performance.now();
const figures = await runBench({
  measures: chosen,
  ...(values.contenders && { contenders: values.contenders.split(',') }),
  rounds,
  share: values.quick ? 0.1 : 1,
  progress(done, all, what) {
    const left = ((performance.now() - start) / done) * (all - done);
    process.stderr.write(`${done}/${all}  ${Math.ceil(left / 1000)} s left  ${what}\n`);
  },
});
const rows = toRows(figures);
console.log(
  `${printRows(rows)}\n\nRatios are CPU time to the floor's in the same round, over ${rounds} rounds.`,
);
if (values.json) {
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, node: process.version };
  const result = { schema: 1, date: new Date().toISOString(), machine, rounds, rows, figures };
  writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
}
