/** How values change from one to the next, and how sure that is. */
export interface LinearFit {
  /** Per step. */
  readonly slope: number;
  /** Standard error of the slope; `Infinity` for fewer than three values. */
  readonly error: number;
}

/** A straight line through values at equal distances, by least squares. */
export function linearFit(values: readonly number[]): LinearFit {
  const count = values.length;
  const meanStep = (count - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let [products, squares] = [0, 0];
  for (const [step, value] of values.entries()) {
    products += (step - meanStep) * (value - mean);
    squares += (step - meanStep) ** 2;
  }
  const slope = squares === 0 ? 0 : products / squares;
  let residuals = 0;
  for (const [step, value] of values.entries()) residuals += (value - mean - slope * (step - meanStep)) ** 2;
  return {
    slope,
    error: count < 3 ? Number.POSITIVE_INFINITY : Math.sqrt(residuals / (count - 2) / squares),
  };
}
