/** Why there is no cost: it is unknown, which is not the same as nothing. */
export interface Unpriced {
  readonly unpriced: 'no-price' | 'no-usage' | 'no-region';
  /** What is missing, in a sentence. */
  readonly because: string;
}

export function unpriced(reason: Unpriced['unpriced'], because: string): Unpriced {
  return { unpriced: reason, because };
}

export function isUnpriced(value: object): value is Unpriced {
  return 'unpriced' in value;
}
