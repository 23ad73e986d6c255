import type { TokenLogprob } from '@qwire/core';
import { asList, asNumber, asRecord, asText, isNumbers } from '@qwire/core/adapter-kit';

/** Token probabilities of a choice; `undefined` when there are none. */
export function readLogprobs(value: unknown): readonly TokenLogprob[] | undefined {
  const tokens = asList(asRecord(value).content);
  return tokens.length > 0 ? tokens.map(readToken) : undefined;
}

function readToken(value: unknown): TokenLogprob {
  const top = asList(asRecord(value).top_logprobs);
  return { ...readAlternative(value), ...(top.length > 0 ? { top: top.map(readAlternative) } : {}) };
}

function readAlternative(value: unknown): Omit<TokenLogprob, 'top'> {
  const { token, logprob, bytes } = asRecord(value);
  return {
    token: asText(token) ?? '',
    logprob: asNumber(logprob),
    ...(isNumbers(bytes) && bytes.every(isByte) ? { bytes } : {}),
  };
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
