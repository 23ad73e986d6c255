import type { ConformanceCase } from '../load-cases.ts';
import type { ChatFact } from './chat-fact-schema.ts';
import { shows } from './evidence.ts';
import { headerEdits, memberEdits, type Notice, type Noticer } from './reply-edits.ts';

/** What a member or header that is claimed to be read, or not, must come to when it is taken away. */
const replyClaims = {
  reads: { edits: memberEdits, expected: 'noticed', untrue: 'no case notices when it is gone or changed' },
  readsHeaders: {
    edits: headerEdits,
    expected: 'noticed',
    untrue: 'no case notices when it is gone or changed',
  },
  ignores: { edits: memberEdits, expected: 'unnoticed', untrue: 'each case fails without it' },
  ignoresHeaders: { edits: headerEdits, expected: 'unnoticed', untrue: 'each case fails without it' },
} as const;

type ReplyClaim = keyof typeof replyClaims;

const kinds = Object.keys(replyClaims) as readonly ReplyClaim[];

export interface ClaimVerdicts {
  readonly untrue: readonly string[];
  /** Claims of cases that the client does not pass as they are, so that nothing follows from a change. */
  readonly unjudged: readonly string[];
}

interface ClaimContext {
  /** The cases that the entry names. */
  readonly found: readonly ConformanceCase[];
  readonly notices: Noticer;
  /** Claims that the client takes from the case instead of the reply. */
  readonly blindTo?: readonly string[] | undefined;
}

/**
 * What an entry claims of replies, tried on a client: a member is read when a case fails without it, or with something
 * else in its place; it is ignored when a case does not notice that it is gone.
 */
export async function checkReplyClaims(fact: ChatFact, context: ClaimContext): Promise<ClaimVerdicts> {
  const { blindTo = [] } = context;
  const untrue: string[] = [];
  const unjudged: string[] = [];
  if (fact.state !== 'case') return { untrue, unjudged };
  for (const kind of kinds) {
    const { expected, untrue: problem } = replyClaims[kind];
    for (const item of (fact[kind] ?? []).filter((item) => !blindTo.includes(item))) {
      const seen = await tryItem(kind, item, context);
      if (seen.includes(expected)) continue;
      if (seen.includes('noticed') || seen.includes('unnoticed'))
        untrue.push(`${kind} "${item}": ${problem}`);
      else if (seen.length > 0) unjudged.push(`${kind} "${item}"`);
    }
  }
  return { untrue, unjudged };
}

async function tryItem(kind: ReplyClaim, item: string, { found, notices }: ClaimContext): Promise<Notice[]> {
  const { edits, expected } = replyClaims[kind];
  const { remove, change } = edits(item);
  const seen: Notice[] = [];
  for (const testCase of found.filter((candidate) => shows[kind](candidate, item))) {
    seen.push(await notices(testCase, remove));
    if (expected === 'noticed' && seen.at(-1) === 'unnoticed') seen.push(await notices(testCase, change));
  }
  return seen;
}
