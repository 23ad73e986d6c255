/** One thing that is measured once in each contender's process, whatever its size. */
export interface Probe {
  readonly title: string;
  readonly unit: string;
  readonly group: 'memory' | 'connections' | 'start';
  /** How often in each round; once unless given. What is short scatters. */
  readonly times?: number;
}

/** All probes, by name. */
export const probes: Readonly<Record<string, Probe>> = {
  heap: {
    title: 'heap of an open stream, of 1,000',
    unit: 'KiB',
    group: 'memory',
  },
  'read-ahead': {
    title: 'read ahead of a stalled consumer',
    unit: 'MB',
    group: 'memory',
  },
  leave: {
    title: 'until the server sees that a loop was left (2,000 = never)',
    unit: 'ms',
    group: 'connections',
  },
  import: {
    title: 'import',
    unit: 'ms',
    group: 'start',
    times: 5,
  },
  'first-call': {
    title: 'first call',
    unit: 'ms',
    group: 'start',
    times: 5,
  },
};
