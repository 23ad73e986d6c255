export type { Money } from './money.ts';
export type { UsageRecord } from './usage-record.ts';
