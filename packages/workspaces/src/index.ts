export type { MoneyFormat } from './cost/format-money.ts';
export { formatMoney } from './cost/format-money.ts';
export { addMoney, compareMoney, subtractMoney, sumMoney, toMoney } from './cost/money-arithmetic.ts';
export type { Money } from './money.ts';
export type { UsageRecord } from './usage-record.ts';
