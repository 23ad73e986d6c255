import type { WireName } from '@qwire/emulator';

/** What happens to a call; the emulators are configured to it, see `emulators.fixture.ts`. */
export const kinds = [
  'whole',
  'streamed',
  'thinking',
  'thinking-streamed',
  'second-tier',
  'third-tier',
  'implicit-cache',
  'explicit-cache',
  'vectors',
  'refused',
  'not-granted',
  'throttled-once',
  'broken-once',
  'broken',
  'failed-in-stream',
  'cut-in-stream',
  'left',
  'aborted-stream',
  'aborted-chat',
] as const;

export type CallKind = (typeof kinds)[number];

export const places = {
  marketing: { region: 'singapore', apiKey: 'sk-marketing' },
  research: { region: 'singapore', apiKey: 'sk-research' },
  finance: { region: 'beijing', apiKey: 'sk-finance' },
} as const;

export type Place = keyof typeof places;

/** Never spent, so that it refuses nothing; each call of this workspace reserves what it may cost at most. */
export const budgeted = {
  workspace: 'marketing',
  budget: { amount: '1000000', currency: 'USD', per: 'month' },
} as const;

/** One call that a process makes. */
export interface MixedCall {
  readonly number: number;
  readonly kind: CallKind;
  readonly wire: WireName;
  readonly workspace: Place;
  readonly model: string;
}

/** Kinds that are to come more often than once, or less than each time. */
const weights: { readonly [kind in CallKind]?: number } = {
  whole: 4,
  streamed: 4,
  left: 3,
  'aborted-stream': 3,
  'explicit-cache': 2,
  broken: 0.2,
};

export const grantedModels = ['qwen-plus', 'qwen-flash', 'text-embedding-v4'] as const;
const modelNotGranted = 'qwen-max';

/** So many calls of all kinds, over both wires, of all workspaces and models, in an order that is the same each time. */
export function mixedCalls(count: number): readonly MixedCall[] {
  const random = createRandom(20_261_123);
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const order: CallKind[] = [];
  for (let round = 0; order.length < count; round += 1) {
    for (const kind of kinds) {
      const weight = weights[kind] ?? 1;
      const times = weight < 1 ? Number(round % Math.round(1 / weight) === 0) : weight;
      order.push(...Array.from({ length: times }, () => kind));
    }
  }
  return order.slice(0, count).map((kind, number) => ({
    number,
    kind,
    wire: pick(['openai-compatible', 'dashscope']),
    workspace: workspaceFor(kind, pick(['marketing', 'research', 'finance'])),
    model: modelFor(kind, pick(['qwen-plus', 'qwen-plus', 'qwen-flash'])),
  }));
}

/** What is aborted while its budget is asked is not sent. */
function workspaceFor(kind: CallKind, workspace: Place): Place {
  return kind === 'aborted-chat' && workspace === budgeted.workspace ? 'research' : workspace;
}

function modelFor(kind: CallKind, model: string): string {
  if (kind === 'vectors') return 'text-embedding-v4';
  return kind === 'not-granted' ? modelNotGranted : model;
}

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
