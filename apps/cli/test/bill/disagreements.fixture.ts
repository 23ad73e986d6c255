import type { BillLine, TokenUsage } from '@qwire/emulator';
import type { UsageRecord } from '@qwire/workspaces';
import { type Place, places } from './mixed-calls.fixture.ts';
import { type Currency, priceLine, toUnits } from './price-line.fixture.ts';

const counts = [
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cachedInputTokens',
  'cacheCreationInputTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof TokenUsage)[];

/** In what a ledger and a bill disagree, call by call and in every sum; empty when they agree to the last digit. */
export function disagreements(records: readonly UsageRecord[], bill: readonly BillLine[]): readonly string[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const lineIds = new Set(bill.map(({ requestId }) => requestId));
  return [
    ...(byId.size < records.length ? ['the ledger: two records have one id'] : []),
    ...bill.flatMap((line) => compareLine(line, byId.get(line.requestId))),
    ...records
      .filter(({ id, cost }) => cost && !lineIds.has(id))
      .map(({ id }) => `${id}: in the ledger, not on the bill`),
    ...compareSums(
      records,
      bill.filter(({ requestId }) => !isIncomplete(byId.get(requestId))),
    ),
  ];
}

function isIncomplete(record: UsageRecord | undefined): boolean {
  return record?.unpriced === 'incomplete';
}

function compareLine(line: BillLine, record: UsageRecord | undefined): readonly string[] {
  const { requestId } = line;
  if (!record) return [`${requestId}: on the bill, not in the ledger`];
  if (isIncomplete(record)) return [];
  const differing = counts.filter((count) => reported(record, count) !== line.usage[count]);
  const expected = priceLine(line, currencyOf(line));
  return [
    ...differing.map(
      (count) => `${requestId}: ${count}: ${record.usage[count]}, billed ${line.usage[count]}`,
    ),
    ...(accountOf(record) === accountOf({ ...line, workspace: line.workspaceName })
      ? []
      : [`${requestId}: another workspace, model or wire`]),
    ...(record.cost?.currency === currencyOf(line) && toUnits(record.cost.amount, 12) === expected
      ? []
      : [`${requestId}: ${record.cost?.amount} ${record.cost?.currency}, billed ${expected} E-12`]),
  ];
}

/** What is not reported was none; of vectors the native wire reports the total alone. */
function reported({ usage, operation }: UsageRecord, count: (typeof counts)[number]): number {
  const isTotal = operation === 'embed' && count === 'inputTokens';
  return usage[count] ?? (isTotal ? usage.totalTokens : undefined) ?? 0;
}

function compareSums(records: readonly UsageRecord[], bill: readonly BillLine[]): readonly string[] {
  const [kept, billed] = [new Map<string, bigint>(), new Map<string, bigint>()];
  for (const { cost, ...record } of records) {
    if (cost) add(kept, `${accountOf(record)} ${cost.currency}`, toUnits(cost.amount, 12));
  }
  for (const line of bill) {
    const account = `${accountOf({ ...line, workspace: line.workspaceName })} ${currencyOf(line)}`;
    add(billed, account, priceLine(line, currencyOf(line)));
  }
  return [...new Set([...kept.keys(), ...billed.keys()])]
    .filter((account) => kept.get(account) !== billed.get(account))
    .map((account) => `${account}: ${kept.get(account)}, billed ${billed.get(account)}`);
}

export function currencyOf({ workspaceName }: Pick<BillLine, 'workspaceName'>): Currency {
  return places[workspaceName as Place].region === 'beijing' ? 'CNY' : 'USD';
}

function accountOf({ workspace, model, wire }: Pick<UsageRecord, 'workspace' | 'model' | 'wire'>): string {
  return `${workspace} ${model} ${wire}`;
}

function add(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}
