import type { Usage } from '@qwire/core';
import type { Tier, TokenRate } from './price-table.ts';
import { isUnpriced, type Unpriced, unpriced } from './unpriced.ts';

/** How the call was made, as far as it matters to what its tokens are charged as. */
export interface CallKind {
  readonly thought: boolean;
  readonly batch: boolean;
}

/** Tokens that are charged alike. */
export type Charge = readonly [kind: TokenRate, tokens: number];

/** What the input was; the tier depends on it. Calls that are charged for input alone may report only a total. */
export function readInputTokens(
  { inputTokens, totalTokens }: Usage,
  tiers: readonly Tier[],
): number | Unpriced {
  const isInputOnly = tiers.every(({ output }) => output === undefined);
  const input = inputTokens ?? (isInputOnly ? totalTokens : undefined);
  return isCount(input) ? input : unpriced('no-usage', 'The service did not report the input tokens');
}

/** All tokens of a call by what they are charged as, each once. */
export function chargedTokens(
  usage: Usage,
  input: number,
  { tier, ...call }: CallKind & { readonly tier: Tier },
): readonly Charge[] | Unpriced {
  const inputs = chargedInput(usage, input, { tier, ...call });
  if (isUnpriced(inputs)) return inputs;
  const outputs = chargedOutput(usage, tier, call);
  return isUnpriced(outputs) ? outputs : [...inputs, ...outputs];
}

function chargedInput(
  usage: Usage,
  input: number,
  { tier, batch }: CallKind & { readonly tier: Tier },
): readonly Charge[] | Unpriced {
  if (tier.audioInput === undefined) {
    // Discounts of batch and cache do not combine.
    return batch ? [['batchInput', input]] : cachedAndOther(usage, input);
  }
  if (batch) return unpriced('no-price', 'No price of sound in batch is known');
  const { inputTextTokens = 0, inputImageTokens = 0, inputVideoTokens = 0 } = usage;
  const silent = inputTextTokens + inputImageTokens + inputVideoTokens;
  return audioAndOther(input, usage.inputAudioTokens, silent, ['audioInput', 'input']);
}

function cachedAndOther(usage: Usage, input: number): readonly Charge[] | Unpriced {
  const {
    cachedInputTokens: hits = 0,
    cacheCreation5mInputTokens: short,
    cacheCreation1hInputTokens: long = 0,
  } = usage;
  const created = usage.cacheCreationInputTokens ?? (short ?? 0) + long;
  const rest = input - hits - created;
  if (![hits, created, long, created - long, rest].every(isCount)) {
    return unpriced(
      'no-usage',
      'The reported cache tokens are more than the input tokens that they are among',
    );
  }
  const isExplicit = usage.cacheType === 'ephemeral' || created > 0 || reportsCreation(usage);
  return [
    ['input', rest],
    [isExplicit ? 'explicitHit' : 'implicitHit', hits],
    ['explicitCreation', created - long],
    ['explicitCreation1h', long],
  ];
}

/** Only a request with cache markers is told what it created, even when that is nothing. */
function reportsCreation({
  cacheCreationInputTokens,
  cacheCreation5mInputTokens,
  cacheCreation1hInputTokens,
}: Usage): boolean {
  return [cacheCreationInputTokens, cacheCreation5mInputTokens, cacheCreation1hInputTokens].some(
    (count) => count !== undefined,
  );
}

function chargedOutput(usage: Usage, tier: Tier, { thought, batch }: CallKind): readonly Charge[] | Unpriced {
  const { outputTokens: output } = usage;
  if (tier.output === undefined && output === undefined) return [];
  if (!isCount(output)) return unpriced('no-usage', 'The service did not report the output tokens');
  if (batch) return [[thought ? 'batchThinkingOutput' : 'batchOutput', output]];
  if (tier.audioOutput === undefined) return [[thought ? 'thinkingOutput' : 'output', output]];
  return audioAndOther(output, usage.outputAudioTokens, usage.outputTextTokens, ['audioOutput', 'output']);
}

/** Sound has a price of its own, so its part must be known: as a number, or because the rest is the whole. */
function audioAndOther(
  all: number,
  audio: number | undefined,
  rest: number | undefined,
  [sound, other]: readonly [TokenRate, TokenRate],
): readonly Charge[] | Unpriced {
  const part = audio ?? (rest === all ? 0 : undefined);
  if (!isCount(part) || part > all)
    return unpriced('no-usage', `The service did not report how many of ${all} tokens are sound`);
  return [
    [other, all - part],
    [sound, part],
  ];
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
