const sums = ['inputTokens', 'outputTokens', 'totalTokens'];

/** Token counts without details of 0: such a detail says the same as one that is missing. The sums stay as they are. */
export function withoutZeros<Counts extends object>(usage: Counts): Counts {
  return Object.fromEntries(
    Object.entries(usage).filter(([name, count]) => sums.includes(name) || (count !== 0 && count !== null)),
  ) as Counts;
}
