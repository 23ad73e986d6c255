import { unreportedUsage } from '@qwire/core/adapter-kit';
import fc from 'fast-check';
import type { UsageRecord } from '../usage-record.ts';

/** A record that says all that one can. */
export const fullRecord: UsageRecord = {
  id: 'req-full',
  at: '2026-11-05T23:59:59.123Z',
  workspace: 'marketing',
  workspaceId: 'llm-marketing',
  region: 'ap-southeast-1',
  model: 'qwen-plus',
  wire: 'dashscope',
  operation: 'stream',
  outcome: 'failed',
  requestId: 'req-full',
  error: { kind: 'rate-limited', code: 'Throttling', status: 429 },
  usage: {
    inputTokens: 1000,
    outputTokens: 20,
    totalTokens: 1020,
    cachedInputTokens: 4,
    cacheType: 'ephemeral',
  },
  thinking: false,
  cost: { amount: '0.000424', currency: 'USD' },
  priceTable: '2026-07-02',
  tags: { team: 'red "x"', 'cost center': '§ 7' },
  durationMs: 12.25,
};

let count = 0;

export function record(members: Partial<UsageRecord> = {}): UsageRecord {
  count += 1;
  return {
    id: `req-${count}`,
    at: '2026-11-05T12:00:00.000Z',
    workspace: 'marketing',
    model: 'qwen-plus',
    wire: 'dashscope',
    operation: 'chat',
    outcome: 'completed',
    usage: unreportedUsage,
    tags: {},
    durationMs: 1,
    ...(members.cost ? {} : { unpriced: 'no-price' }),
    ...members,
  };
}

const count0 = fc.option(fc.nat(2_000_000), { nil: undefined });
const price = fc.record({
  cost: fc.record({
    amount: fc.tuple(fc.bigInt(0n, 10n ** 18n), fc.nat(12)).map(([units, scale]) => {
      const digits = String(units).padStart(scale + 1, '0');
      return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    }),
    currency: fc.constantFrom('USD', 'CNY'),
  }),
  priceTable: fc.constantFrom('2026-05-26', '2026-07-02'),
});

/** Records that differ in all that a report tells apart. Ids repeat at times. */
export const anyRecord: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.oneof(
      { weight: 9, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: fc.constantFrom('twice', 'again') },
    ),
    at: fc
      .date({
        min: new Date('2026-10-30T00:00:00Z'),
        max: new Date('2026-11-03T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString()),
    workspace: fc.constantFrom('marketing', 'Search', 'ж "1"'),
    model: fc.constantFrom('qwen-plus', 'qwen-max'),
    wire: fc.constantFrom('dashscope', 'openai-compatible'),
    outcome: fc.constantFrom('completed', 'failed', 'cancelled'),
    usage: fc.record({
      inputTokens: count0,
      outputTokens: count0,
      totalTokens: count0,
    }),
    tags: fc.dictionary(fc.constantFrom('team', '__proto__', "it's $1"), fc.constantFrom('', 'red', 'null')),
    priced: fc.oneof(
      { weight: 3, arbitrary: price },
      fc.record({ unpriced: fc.constantFrom('no-price', 'no-usage', 'no-region') }),
    ),
  })
  .map(
    ({ priced, ...members }) =>
      ({
        ...members,
        operation: 'chat' as const,
        durationMs: 1,
        ...priced,
      }) as UsageRecord,
  );
