/** An exact amount. Amounts of different currencies are never added. */
export interface Money {
  /** A decimal number as text, such as `0.000468`; no exponent, no rounding. */
  readonly amount: string;
  /** ISO 4217, such as `USD` or `CNY`. */
  readonly currency: string;
}
