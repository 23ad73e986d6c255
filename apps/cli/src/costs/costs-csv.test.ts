import { type CostReport, createMemoryStore, readCosts } from '@qwire/workspaces';
import { expect, test } from 'vitest';
import { fillLedger } from '../../test/fill-ledger.fixture.ts';
import { costsCsv } from './costs-csv.ts';

const store = createMemoryStore();
await fillLedger(store);

test('a line for each group, a column for each currency, and none for the total', async () => {
  expect(costsCsv(await readCosts(store, { by: ['workspace', 'wire'] }))).toBe(
    `workspace,wire,calls,completed,failed,cancelled,unpriced,inputTokens,outputTokens,totalTokens,cachedInputTokens,cacheCreationInputTokens,reasoningTokens,costCNY,costUSD,priceTables
marketing,dashscope,2,1,1,0,1,123456,8901,132357,0,0,0,,0.0600636,2026-05-27
marketing,openai-compatible,3,2,1,0,1,123556,8908,132464,0,0,0,,0.0600714,2026-05-27
research,dashscope,2,2,0,0,1,200,14,214,0,0,0,,0.0000078,2026-05-27
research,openai-compatible,2,1,0,1,1,100,7,107,0,0,0,,0.0000078,2026-05-27
财务部,dashscope,1,1,0,0,0,1000,500,1500,0,0,0,0.0018,,2026-05-27
财务部,openai-compatible,1,1,0,0,0,1000,500,1500,0,0,0,0.0018,,2026-05-27
`,
  );
});

test('what a spreadsheet would run is text', async () => {
  const csv = costsCsv(await readCosts(store, { by: ['tag:team'] }));
  expect(csv).toContain(`\n"'=HYPERLINK(""http://x"",""y"")",4,`);
});

test.each([
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', `"'\tx"`],
  ['a;=1+1', '"a;=1+1"'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
])('the name %j is written so that it stays one cell of text', async (name, cell) => {
  const report = await readCosts(store, { by: ['tag:team'] });
  const [group] = report.groups;
  if (!group) throw new Error('There is a group');
  const renamed: CostReport = { ...report, groups: [{ ...group, key: { 'tag:team': name } }] };
  expect(costsCsv(renamed).split(/(?<=priceTables)\n/)[1]).toMatch(new RegExp(`^${literally(cell)},`));
});

test('a ledger without calls is a line of names', async () => {
  const csv = costsCsv(await readCosts(createMemoryStore(), { by: ['day'] }));
  expect(csv).toMatch(/^day,calls,.*,reasoningTokens,priceTables\n$/);
});

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
