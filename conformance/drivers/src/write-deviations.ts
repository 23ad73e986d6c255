// Puts on record what each client does otherwise than the cases of the board state. Read what it writes before it is
// committed: a deviation may as well be a mistake of the case, of the driver or of the rule.
import type { Deviation } from '@qwire/conformance';
import { board } from './clients.ts';
import { readDeviations, writeDeviations } from './deviation-files.ts';
import { toDeviation } from './observed.ts';
import { boardCases, runClient } from './run-board.ts';

const today = new Date().toISOString().slice(0, 10);
const reviewBy = new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const cases = boardCases();
let failed = false;

for (const { client, folder } of board) {
  const known = new Map(readDeviations(folder).map((deviation) => [deviation.case, deviation]));
  const written: Deviation[] = [];
  for (const scored of await runClient(client, cases)) {
    const { verdict, because } = scored.judgment;
    if (verdict === 'harness-error') {
      failed = true;
      console.error(`${client.label}: ${scored.testCase.id}: ${because}`);
    }
    if (verdict === 'fail')
      written.push(toDeviation(scored, { known: known.get(scored.testCase.id), today, reviewBy }));
  }
  const fresh = written.filter((deviation) => known.get(deviation.case) !== deviation).length;
  if (written.length > 0 || known.size > 0) writeDeviations(folder, written);
  console.log(`${client.label}: ${written.length} deviations, ${fresh} of them new or changed`);
}
process.exitCode = failed ? 1 : 0;
