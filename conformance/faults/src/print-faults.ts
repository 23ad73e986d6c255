// Plays the matrix of faults and prints it; fails when a call comes out otherwise than stated.
// Usage: node src/print-faults.ts [--over fetch|node|key-from-store] [--filter <part of an id>] [--json <file>] [--write] [--compare]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { carriers } from './carriers.ts';
import { compareOpenAI, readComparison, writeComparison } from './comparison.ts';
import { docsPage } from './docs-page.ts';
import { matrixMarkdown } from './matrix-markdown.ts';
import { isGood, matrixText } from './matrix-text.ts';
import { type FaultReport, runFaults } from './run-faults.ts';
import { faults } from './table/index.ts';

const { values } = parseArgs({
  options: {
    over: { type: 'string' },
    filter: { type: 'string', default: '' },
    /** Writes all cells with what was seen and measured. */
    json: { type: 'string' },
    /** Writes docs/faults.md. */
    write: { type: 'boolean' },
    /** Plays them to the `openai` package as well, and records what it did. */
    compare: { type: 'boolean' },
  },
});

const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
const chosen = faults.filter(({ id }) => id.includes(values.filter));
if (chosen.length === 0) throw new Error(`--filter: no fault has ${values.filter} in its id`);
if (values.over && !(values.over in carriers))
  throw new Error(`--over: is ${values.over}, not one of ${Object.keys(carriers).join(', ')}`);
const reports: FaultReport[] = [];
for (const [name, createSubject] of Object.entries(carriers)) {
  if (values.over && values.over !== name) continue;
  const report = await runFaults(createSubject(), { faults: chosen });
  reports.push(report);
  console.log(matrixText(report, { color }));
}
if (values.json) {
  // From where the command was typed, also when a script of the root runs it.
  const file = resolve(process.env.INIT_CWD ?? '.', values.json);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(reports, undefined, 2)}\n`);
}
if (values.compare) writeComparison(await compareOpenAI(new Date().toISOString().slice(0, 10)));
if (values.write) writeFileSync(docsPage, matrixMarkdown(faults, readComparison()));
process.exitCode = reports.length > 0 && reports.every(isGood) ? 0 : 1;
