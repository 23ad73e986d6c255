// Writes kill-table.json anew. Usage: pnpm kill-table
import { writeFileSync } from 'node:fs';
import { proveKills } from './kill-table.ts';

const { table, untrue } = await proveKills();
writeFileSync(new URL('kill-table.json', import.meta.url), `${JSON.stringify(table, null, 2)}\n`);
const names = Object.entries(table);
const kills = names.reduce((sum, [, cases]) => sum + cases.length, 0);
console.log(`${names.length} defects, ${kills} kills.`);
for (const [name, cases] of names) if (cases.length === 0) console.log(`No case catches "${name}".`);
for (const line of untrue) console.log(line);
