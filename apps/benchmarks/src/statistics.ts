/** Where a set of figures lies. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @throws RangeError for no figures. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new RangeError('A spread needs one figure at least');
  }
  return { min, median: (low + high) / 2, max };
}

/** Each round's figure beside the floor's of the same round, so that what slows a whole round down cancels out. */
export function ratiosOf(figures: readonly number[], floor: readonly number[]): number[] {
  return figures.flatMap((figure, round) => {
    const beside = floor[round];
    return beside === undefined || beside === 0 ? [] : [figure / beside];
  });
}

/**
 * The power of the size that costs grow with, by least squares over logarithms: 1 for in proportion.
 * @throws RangeError for fewer than two points.
 */
export function exponentOf(points: readonly (readonly [size: number, cost: number])[]): number {
  if (points.length < 2) throw new RangeError('An exponent needs two points at least');
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 1e-9))] as const);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map(([size]) => size)), mean(logs.map(([, cost]) => cost))];
  const rise = logs.reduce((sum, [size, cost]) => sum + (size - x) * (cost - y), 0);
  return rise / logs.reduce((sum, [size]) => sum + (size - x) ** 2, 0);
}

/** How far the figures of equal runs lie apart: half of the range, beside the median. */
export function noiseOf({ min, median, max }: Spread): number {
  return (max - min) / 2 / median;
}
