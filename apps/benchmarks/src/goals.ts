/** What our clients' figures are to be at most, over each transport. */
export interface Goal {
  readonly fetch?: number;
  readonly node?: number;
}

/** Of the CPU time, beside that of the floor of the same wire. */
export const ratioGoals: Readonly<Record<string, Goal>> = {
  call: { fetch: 1, node: 0.55 },
  bulk: { fetch: 0.8, node: 0.8 },
  framed: { fetch: 0.8, node: 0.8 },
  tools: { fetch: 1, node: 1 },
  paced: { fetch: 1, node: 1 },
};

/** Of what a probe gives, in its unit. */
export const probeGoals: Readonly<Record<string, Goal>> = {
  heap: { fetch: 35, node: 13 },
  leave: { fetch: 100, node: 100 },
  // The Node transport loads only where it is chosen.
  import: { fetch: 3 },
};

/** Of what a probe gives above the floor of the same wire. */
export const aboveFloorGoals: Readonly<Record<string, Goal>> = {
  'read-ahead': { fetch: 1, node: 1 },
  'first-call': { fetch: 5, node: 5 },
};

/** Connections that ten streams open whose terminator trails. */
export const connectionsGoal: Goal = { fetch: 0, node: 0 };

/** Of a program with one `chat` and one `stream`, in kB. */
export const bundleGoals = { 'one wire': 6, 'both wires': 9 } as const;

/** The goal for one contender; others than ours have none. */
export function goalOf(goal: Goal | undefined, contender: string): number | undefined {
  if (!contender.startsWith('qwire-')) return undefined;
  return goal?.[contender.endsWith('-node') ? 'node' : 'fetch'];
}
