import { createMemoryStore, readCosts } from '@qwire/workspaces';
import { expect, test } from 'vitest';
import { fillLedger } from '../../test/fill-ledger.fixture.ts';
import { costsJson } from './costs-json.ts';

test('says its version, and null for what is not there', async () => {
  const store = createMemoryStore();
  await fillLedger(store);
  const report = JSON.parse(costsJson(await readCosts(store, { by: ['tag:team'], from: '2026-01-01' })));
  expect(report).toMatchObject({
    schemaVersion: 1,
    by: ['tag:team'],
    from: '2026-01-01T00:00:00.000Z',
    to: null,
    timeZone: 'UTC',
    total: {
      calls: 11,
      outcomes: { completed: 8, failed: 2, cancelled: 1 },
      costs: [
        { amount: '0.0036', currency: 'CNY' },
        { amount: '0.1201506', currency: 'USD' },
      ],
      unpriced: [
        { model: 'glm-5', reason: 'no-price', outcome: 'completed', calls: 1 },
        { model: 'qwen-max', reason: 'no-usage', outcome: 'failed', calls: 2 },
        { model: 'qwen-plus', reason: 'incomplete', outcome: 'cancelled', calls: 1 },
      ],
      priceTables: ['2026-05-27'],
    },
  });
  expect(report.groups[0]).toMatchObject({ key: { 'tag:team': null }, calls: 2 });
});

test('a record that does not say why it has no cost has a reason of null', async () => {
  const store = createMemoryStore();
  await fillLedger(store);
  const { total, ...report } = await readCosts(store, { by: ['model'] });
  const unpriced = total.unpriced.map((entry) => ({ ...entry, reason: undefined }));
  const { total: read } = JSON.parse(costsJson({ ...report, total: { ...total, unpriced } }));
  expect(read.unpriced[0]).toEqual({ model: 'glm-5', outcome: 'completed', calls: 1, reason: null });
});
