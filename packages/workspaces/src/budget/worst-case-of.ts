import { boundEmbedTokens, boundInputTokens } from '../cost/bound-input-tokens.ts';
import { boundOutputTokens } from '../cost/bound-output-tokens.ts';
import type { PriceBook } from '../cost/create-price-book.ts';
import type { TokenLimits } from '../cost/token-limits.ts';
import { isUnpriced } from '../cost/unpriced.ts';
import { worstCase } from '../cost/worst-case.ts';
import type { ModelCall } from '../model-call.ts';
import type { Money } from '../money.ts';

/** What prices and limits a call is reckoned by. */
export interface Reckoning {
  readonly prices: PriceBook;
  readonly region: string | undefined;
  /** When the call begins: ISO 8601, UTC. */
  readonly at: string;
  readonly limitsOf: (model: string) => TokenLimits | undefined;
}

/** The currency in which a call that begins at the given moment is priced; `undefined` when it has no price. */
export function currencyOf(
  { request: { model } }: ModelCall,
  { prices, region, at }: Reckoning,
): string | undefined {
  const found = prices.find({ model, region, at });
  return isUnpriced(found) ? undefined : found.table.currency;
}

/** What a call costs at most, or why that cannot be told, in a sentence. */
export function worstCaseOf(call: ModelCall, { prices, region, at, limitsOf }: Reckoning): Money | string {
  const { model } = call.request;
  const bounds = boundsOf(call, limitsOf(model) ?? {});
  if (typeof bounds === 'string') return bounds;
  const found = worstCase({ model, region, at, ...bounds }, prices);
  return isUnpriced(found) ? found.because : found.atMost;
}

const limitsFix =
  'give the option limits (modelLimits in a registry), such as (model) => catalog.findModel(model)?.facts of @qwire/catalog';

function boundsOf(call: ModelCall, limits: TokenLimits) {
  const { model } = call.request;
  const maxInputTokens =
    call.operation === 'embed' ? boundEmbedTokens(call.request) : boundInputTokens(call.request, limits);
  if (maxInputTokens === undefined) {
    return `How many input tokens this call of ${model} has at most is not known; ${limitsFix}`;
  }
  if (call.operation === 'embed') return { maxInputTokens, maxOutputTokens: 0 };
  const maxOutputTokens = boundOutputTokens(call.request, limits);
  if (maxOutputTokens === undefined) {
    return `How many output tokens this call of ${model} has at most is not known; ${limitsFix}, or set maxTokens and thinking`;
  }
  if (call.request.search || call.request.codeInterpreter) {
    return 'How often built-in tools are used, each use being paid for, is not known before';
  }
  return { maxInputTokens, maxOutputTokens };
}
