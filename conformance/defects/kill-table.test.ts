import { expect, test } from 'vitest';
import { defectNames } from './defects.ts';
import committed from './kill-table.json' with { type: 'json' };
import { proveKills } from './kill-table.ts';

test('each case catches the defects that it guards against, and kill-table.json says so', async () => {
  const { table, untrue } = await proveKills();
  expect(untrue).toEqual([]);
  expect(committed, 'run "pnpm kill-table" and look at what changed').toEqual(table);
});

test('each defect is caught by some case', () => {
  const table: Readonly<Record<string, readonly string[]>> = committed;
  expect(defectNames.filter((name) => (table[name] ?? []).length === 0)).toEqual([]);
});
