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
export type { Money } from './money.ts';
export type { Workspaces } from './registry/create-workspaces.ts';
export { createWorkspaces } from './registry/create-workspaces.ts';
export { fromEnvironment } from './registry/from-environment.ts';
export { fromJSON } from './registry/from-json.ts';
export type { Route, RouteQuery } from './registry/route.ts';
export type {
  NamedWorkspace,
  WireFactory,
  WorkspaceBudget,
  WorkspaceOptions,
  WorkspaceSettings,
  WorkspacesOptions,
} from './registry/workspace-options.ts';
export type { UsageRecord } from './usage-record.ts';
