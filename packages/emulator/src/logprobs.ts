import { splitTokens } from './tokens.ts';

/** Probabilities of each token, all alike: e to the power of -0.25. The first alternative is the token itself. */
export function writeLogprobs(text: string, top: number): unknown {
  return {
    content: splitTokens(text).map((token) => {
      const entry = { token, bytes: [...new TextEncoder().encode(token)], logprob: -0.25 };
      return { ...entry, top_logprobs: top > 0 ? [entry] : [] };
    }),
  };
}
