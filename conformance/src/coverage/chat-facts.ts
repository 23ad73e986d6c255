import { dirname } from 'node:path';
import { type WireName, wireNames } from '../case-schema.ts';
import type { CaseIndex } from '../load-cases.ts';
import { packageRoot } from '../package-root.ts';
import { type ChatFact, type ChatFacts, loadChatFacts } from './chat-fact-schema.ts';
import { checkFact } from './check-fact.ts';
import { checkReplyClaims } from './check-reply-claims.ts';
import { namedCases, replies, requests } from './evidence.ts';
import { replyDocuments } from './reply-documents.ts';
import type { Noticer } from './reply-edits.ts';
import { leafPlaces, speaksOf } from './wire-paths.ts';

/** What one wire's reference says about chat, joined with the cases, both ways. */
export interface WireCoverage {
  readonly wire: WireName;
  readonly states: Readonly<Record<ChatFact['state'], number>>;
  readonly uncovered: readonly ChatFact[];
  /** Entries that claim more than the cases show, one line each. */
  readonly untrue: readonly string[];
  /** Claims that the client could not judge, because it does not pass their cases as they are. */
  readonly unjudged: readonly string[];
  /** Paths of requests and replies, in the cases, that no entry speaks of. */
  readonly unlisted: { readonly requests: readonly string[]; readonly replies: readonly string[] };
}

/** Nothing uncovered, nothing claimed in vain, nothing that no entry speaks of. */
export function isComplete({ uncovered, untrue, unjudged, unlisted }: WireCoverage): boolean {
  const { requests, replies } = unlisted;
  return [uncovered, untrue, unjudged, requests, replies].every((list) => list.length === 0);
}

interface JoinOptions {
  readonly index: CaseIndex;
  /** This package's own unless given. */
  readonly facts?: ChatFacts;
  /** The parent of this package unless given. */
  readonly repositoryRoot?: string;
  /** Asks a client whether it notices when a reply lacks something; without it, such claims are not judged. */
  readonly notices?: Noticer;
  /** Claims about replies that this client takes from the case, and so cannot judge. */
  readonly blindTo?: readonly string[];
}

export async function joinChatFacts(options: JoinOptions): Promise<WireCoverage[]> {
  const { index, facts = loadChatFacts(), repositoryRoot = dirname(packageRoot), notices, blindTo } = options;
  const joined: WireCoverage[] = [];
  for (const wire of wireNames) {
    const untrue: string[] = [];
    const unjudged: string[] = [];
    const cases = index.cases.filter(({ wireFormat }) => wireFormat === wire);
    for (const fact of facts[wire]) {
      const name = `${wire}/${fact.id}`;
      untrue.push(
        ...checkFact(fact, { wire, index, repositoryRoot }).map((problem) => `${name}: ${problem}`),
      );
      if (!notices) continue;
      const verdicts = await checkReplyClaims(fact, {
        found: namedCases(fact, cases).found,
        notices,
        blindTo,
      });
      untrue.push(...verdicts.untrue.map((problem) => `${name}: ${problem}`));
      unjudged.push(...verdicts.unjudged.map((claim) => `${name}: ${claim}`));
    }
    joined.push({
      wire,
      states: countStates(facts[wire]),
      uncovered: facts[wire].filter(({ state }) => state === 'uncovered'),
      untrue,
      unjudged,
      unlisted: unlistedPlaces(wire, facts[wire], index),
    });
  }
  return joined;
}

function countStates(facts: readonly ChatFact[]): WireCoverage['states'] {
  const states = { case: 0, extra: 0, raw: 0, refused: 0, test: 0, uncovered: 0 };
  for (const { state } of facts) states[state] += 1;
  return states;
}

function unlistedPlaces(
  wire: WireName,
  facts: readonly ChatFact[],
  { cases }: CaseIndex,
): WireCoverage['unlisted'] {
  const own = cases.filter(({ wireFormat, call }) => wireFormat === wire && isChat(call));
  const sent = own.flatMap(requests).flatMap(({ body }) => (body === undefined ? [] : leafPlaces(body)));
  const received = own
    .flatMap(replies)
    .flatMap(({ body }) => replyDocuments(body).flatMap((json) => leafPlaces(json)));
  const ofRequests = facts.flatMap(({ sends = [], omits = [] }) => [...sends, ...omits]);
  const ofReplies = facts.flatMap(({ reads = [], ignores = [] }) => [...reads, ...ignores]);
  return { requests: without(sent, ofRequests), replies: without(received, ofReplies) };
}

function without(places: readonly string[], listed: readonly string[]): string[] {
  return [...new Set(places)]
    .filter((place) => !/^(\[\]|$)/.test(place) && !listed.some((path) => speaksOf(path, place)))
    .sort();
}

function isChat({ operation }: CaseIndex['cases'][number]['call']): boolean {
  return operation === 'chat' || operation === 'stream';
}
