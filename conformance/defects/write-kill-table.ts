// Writes kill-table.json anew. Usage: pnpm kill-table
import { writeFileSync } from 'node:fs';
import { defectNames } from './defects.ts';
import { findCatchers, proveKills } from './kill-table.ts';

const { table, untrue } = await proveKills();
writeFileSync(new URL('kill-table.json', import.meta.url), `${JSON.stringify(table, null, 2)}\n`);
const names = Object.entries(table);
const kills = names.reduce((sum, [, cases]) => sum + cases.length, 0);
console.log(`${names.length} defects, ${kills} kills.`);
for (const name of defectNames.filter((defect) => table[defect].length === 0)) {
  const catchers = await findCatchers(name, { atMost: 4 });
  console.log(`No case guards against "${name}". It would be caught by: ${catchers.join(', ') || 'none'}.`);
}
for (const line of untrue) console.log(line);
