import { type CostReport, createMemoryStore, readCosts } from '@qwire/workspaces';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fillLedger } from '../../test/fill-ledger.fixture.ts';
import { costsText } from './costs-text.ts';

const store = createMemoryStore();
await fillLedger(store);
const byModel = await readCosts(store, { by: ['workspace', 'model'] });

test('a line for each group, amounts aligned on their points, and each currency apart', () => {
  expect(costsText(byModel, 120)).toBe(`Costs by workspace and model
All calls.

                                 Not    Input  Output
Workspace  Model       Calls  priced   tokens  tokens     CNY        USD
marketing  qwen-flash      1       0      100       7  –       0.0000078
marketing  qwen-max        2       2        0       0  –       –
marketing  qwen-plus       2       0  246,912  17,802  –       0.1201272
research   glm-5           1       1      100       7  –       –
research   qwen-flash      2       0      200      14  –       0.0000156
research   qwen-plus       1       1        0       0  –       –
财务部     qwen-plus       2       0    2,000   1,000  0.0036  –
Total                     11       4  249,312  18,830  0.0036  0.1201506

Not priced, which is not free: 4 calls, in no sum
  No price is known for these. For calls to come, createPriceBook takes yours, and the ledger takes
  it as "prices".
    glm-5: 1 completed
  These reported no tokens. The service does not charge for what it refuses.
    qwen-max: 2 failed
  These were left, aborted or broke off, and may cost more than was reported. For calls to come, the
  ledger reads what is left to its end with whenLeft: "drain".
    qwen-plus: 1 cancelled

By the price tables of 2026-05-27; free quotas, savings plans and discounts are not known here.
Currencies are not added up.
`);
});

test('where lines are too long the first key stands above its lines', () => {
  expect(costsText(byModel, 66)).toContain(`
                        Not    Input  Output
Model         Calls  priced   tokens  tokens     CNY        USD
marketing
  qwen-flash      1       0      100       7  –       0.0000078
`);
});

test('a narrow screen gets a few lines for each group, without what is not there', () => {
  const text = costsText(byModel, 50);
  expect(text).toContain(`
marketing, qwen-flash
  Calls          1
  Input tokens   100
  Output tokens  7
  USD            0.0000078

marketing, qwen-max
  Calls       2
  Not priced  2

`);
  expect(text).toContain('\nTotal\n  Calls          11\n  Not priced     4\n');
});

test.each([120, 80, 66, 50, 40])('no line is wider than %i columns', (width) => {
  const widest = Math.max(
    ...costsText(byModel, width)
      .split('\n')
      .map((line) => stringWidth(line)),
  );
  expect(widest).toBeLessThanOrEqual(width);
});

test('the span is said in its time zone', async () => {
  const from = '2026-11-01T08:30:15+08:00';
  const span = await readCosts(store, { by: ['day'], from, to: '2026-12-01', timeZone: 'Asia/Singapore' });
  expect(costsText(span, 120)).toMatch(
    /^Costs by day\nCalls from 2026-11-01 08:30:15 and before 2026-12-01 00:00 in Asia\/Singapore\.\n/,
  );
  const days = await readCosts(store, { by: ['day'], timeZone: 'Asia/Singapore' });
  expect(costsText(days, 120)).toContain('All calls; days are those of Asia/Singapore.');
});

test('an empty ledger says how calls get into it', async () => {
  const text = costsText(await readCosts(createMemoryStore(), { by: ['model'] }), 80);
  expect(text).toContain('The ledger has no calls yet. They are recorded by createWorkspaces({ ledger }),');
});

test('an empty span says that there may be calls outside of it', async () => {
  const text = costsText(await readCosts(store, { by: ['model'], to: '2020-01-01' }), 120);
  expect(text).toBe('No calls before 2020-01-01 00:00 in UTC. Without --from and --to all calls count.\n');
});

test('a tag tells calls without it from calls with an empty one, and steers no terminal', () => {
  const [group] = byModel.groups;
  if (!group) throw new Error('There is a group');
  const values = [undefined, '', '\u001b[2Jgone\u202e'];
  const report: CostReport = {
    ...byModel,
    by: ['tag:team'],
    groups: values.map((team) => ({ ...group, key: { 'tag:team': team } })),
  };
  const lines = costsText(report, 120).split('\n');
  expect(lines[3]).toMatch(/^Tag {2,}Not/);
  expect(lines.slice(4, 8).map((line) => line.split('  ')[0])).toEqual([
    'team',
    '(none)',
    '(empty)',
    '\\u001b[2Jgone\\u202e',
  ]);
});
