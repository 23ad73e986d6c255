export type { Budget, BudgetStanding, ThresholdReached } from './budget/budget.ts';
export { readBudget } from './budget/budget.ts';
export type { CheckOptions, CheckReport, ListModels } from './check/check-options.ts';
export type { Finding } from './check/finding.ts';
export type { PlannedProof, ProofPlan } from './check/plan-proofs.ts';
export { verdictOf } from './check/verdict-of.ts';
export type { VerdictRow } from './check/verdict-table.ts';
export { verdictTable } from './check/verdict-table.ts';
export type { Role, Verdict } from './check/verdicts.ts';
export { roles, verdicts } from './check/verdicts.ts';
export { boundEmbedTokens, boundInputTokens } from './cost/bound-input-tokens.ts';
export { boundOutputTokens } from './cost/bound-output-tokens.ts';
export type { FoundPrice, PriceBook, PriceBookOptions, PriceQuery } from './cost/create-price-book.ts';
export { createPriceBook, documentedPriceBook } from './cost/create-price-book.ts';
export type { MoneyFormat } from './cost/format-money.ts';
export { formatMoney } from './cost/format-money.ts';
export { addMoney, compareMoney, subtractMoney, sumMoney, toMoney } from './cost/money-arithmetic.ts';
export type { OwnPrice, OwnRates, PricedAs } from './cost/own-price.ts';
export type { Cost, CostLine, PricedCall } from './cost/price-of.ts';
export { priceOf } from './cost/price-of.ts';
export type {
  DeploymentScope,
  DoubtfulRate,
  ModelPrice,
  PriceTable,
  Rate,
  Tier,
  TokenRate,
  TypicalFactors,
  UseRate,
} from './cost/price-table.ts';
export { documentedPrices } from './cost/prices/documented-prices.ts';
export type { TokenLimits } from './cost/token-limits.ts';
export type { Unpriced } from './cost/unpriced.ts';
export type { PlannedCall, WorstCase } from './cost/worst-case.ts';
export { worstCase } from './cost/worst-case.ts';
export type { CostGroup, CostQuery, CostReport, CostSum, UnpricedCalls } from './ledger/cost-report.ts';
export { createMemoryStore } from './ledger/create-memory-store.ts';
export type { SqlClient, SqlStoreOptions } from './ledger/create-sql-store.ts';
export { createSqlStore } from './ledger/create-sql-store.ts';
export type {
  BudgetPeriod,
  CellQuery,
  CostCell,
  CostDimension,
  LedgerStore,
  RecordQuery,
  Reservation,
  Settlement,
  Span,
  Standing,
  SummedCount,
} from './ledger/ledger-store.ts';
export { summedCounts } from './ledger/ledger-store.ts';
export { readCosts } from './ledger/read-costs.ts';
export type { RecordUsageOptions, Tags } from './ledger/record-usage.ts';
export { recordUsage } from './ledger/record-usage.ts';
export type { CallLimit } from './limits/call-limit.ts';
export type { LimitCallsOptions } from './limits/limit-calls.ts';
export { limitCalls } from './limits/limit-calls.ts';
export type { SharedLimiter } from './limits/shared-counter.ts';
export type { ModelCall } from './model-call.ts';
export type { Money } from './money.ts';
export type { Workspaces } from './registry/create-workspaces.ts';
export { createWorkspaces } from './registry/create-workspaces.ts';
export { fromEnvironment } from './registry/from-environment.ts';
export { fromJSON } from './registry/from-json.ts';
export type { Route, RouteQuery } from './registry/route.ts';
export type { LimitWindow } from './registry/shared-limits.ts';
export type {
  NamedWorkspace,
  WireFactory,
  WorkspaceOptions,
  WorkspaceSettings,
  WorkspacesOptions,
} from './registry/workspace-options.ts';
export type { UsageRecord } from './usage-record.ts';
