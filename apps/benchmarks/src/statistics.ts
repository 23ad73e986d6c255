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
