import type { BillLine } from '@qwire/emulator';

/** Rates for a million tokens, as the price pages have them; what they leave out for Singapore is what they call typical. */
interface Rates {
  readonly upTo: number;
  readonly input: string;
  readonly implicitHit: string;
  readonly explicitHit: string;
  readonly creation: string;
  readonly output: string;
  readonly thinking: string;
}

/** Kilo and mega of the tiers' names; no call of the tests is near the edges. */
const [k128, k256, m1] = [131_072, 262_144, 1_000_000];

const row = (
  upTo: number,
  [input, implicitHit, explicitHit, creation]: readonly [string, string, string, string],
  output: string,
  thinking = output,
): Rates => ({ upTo, input, implicitHit, explicitHit, creation, output, thinking });

const onlyInput = (input: string): readonly Rates[] => [row(m1, [input, input, input, input], '0')];

/** Taken from the price pages by hand (2026-05-26), and not from the price table of the ledger, which is what is tested. */
const prices: Readonly<Record<'CNY' | 'USD', Readonly<Record<string, readonly Rates[]>>>> = {
  CNY: {
    'qwen-plus': [
      row(k128, ['0.8', '0.16', '0.08', '1'], '2', '8'),
      row(k256, ['2.4', '0.48', '0.24', '3'], '20', '24'),
      row(m1, ['4.8', '0.96', '0.48', '6'], '48', '64'),
    ],
    'qwen-flash': [
      row(k128, ['0.15', '0.03', '0.015', '0.188'], '1.5'),
      row(k256, ['0.6', '0.12', '0.06', '0.75'], '6'),
      row(m1, ['1.2', '0.24', '0.12', '1.5'], '12'),
    ],
    'text-embedding-v4': onlyInput('0.5'),
  },
  USD: {
    'qwen-plus': [
      row(k256, ['0.4', '0.08', '0.04', '0.5'], '1.2', '4'),
      row(m1, ['1.2', '0.24', '0.12', '1.5'], '3.6', '12'),
    ],
    'qwen-flash': [
      row(k256, ['0.05', '0.01', '0.005', '0.0625'], '0.4'),
      row(m1, ['0.25', '0.05', '0.025', '0.3125'], '2'),
    ],
    'text-embedding-v4': onlyInput('0.07'),
  },
};

export type Currency = keyof typeof prices;

/** What a line of the bill costs, in units of the twelfth digit after the point; shares no code with the ledger. */
export function priceLine(line: BillLine, currency: Currency): bigint {
  const { usage, thinking, explicitCache, model } = line;
  const tier = prices[currency][model]?.find(({ upTo }) => usage.inputTokens <= upTo);
  if (!tier) throw new Error(`No price of ${model} in ${currency}`);
  const { cachedInputTokens: hits, cacheCreationInputTokens: created } = usage;
  const charged: readonly (readonly [tokens: number, rate: string])[] = [
    [usage.inputTokens - hits - created, tier.input],
    [hits, explicitCache ? tier.explicitHit : tier.implicitHit],
    [created, tier.creation],
    [usage.outputTokens, thinking ? tier.thinking : tier.output],
  ];
  return charged.reduce((sum, [tokens, rate]) => sum + BigInt(tokens) * toUnits(rate, 6), 0n);
}

/** A decimal number in units of the last of so many digits after the point. */
export function toUnits(decimal: string, digits: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > digits) throw new Error(`${decimal} has more than ${digits} digits after the point`);
  return BigInt(whole + fraction.padEnd(digits, '0'));
}
