/** One thing that is measured once in each contender's process, whatever its size. */
export interface Probe {
  readonly title: string;
  readonly unit: string;
  readonly group: 'memory' | 'connections' | 'start';
  /** What our clients' figure is to be at most, over each transport. */
  readonly goal?: { readonly fetch: number; readonly node?: number };
  /** The goal is for what is above the floor of the same wire. */
  readonly isAboveFloor?: boolean;
}

/** All probes, by name. */
export const probes: Readonly<Record<string, Probe>> = {
  heap: {
    title: 'heap of an open stream, of 1,000',
    unit: 'KiB',
    group: 'memory',
    goal: { fetch: 35, node: 13 },
  },
  'read-ahead': {
    title: 'read ahead of a stalled consumer',
    unit: 'MB',
    group: 'memory',
    goal: { fetch: 1, node: 1 },
    isAboveFloor: true,
  },
  leave: {
    title: 'until the server sees that a loop was left (2,000 = never)',
    unit: 'ms',
    group: 'connections',
    goal: { fetch: 100, node: 100 },
  },
  import: { title: 'import', unit: 'ms', group: 'start', goal: { fetch: 3 } },
  'first-call': {
    title: 'first call',
    unit: 'ms',
    group: 'start',
    goal: { fetch: 5, node: 5 },
    isAboveFloor: true,
  },
};
