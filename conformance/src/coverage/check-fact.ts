import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WireName } from '../case-schema.ts';
import type { CaseIndex, ConformanceCase } from '../load-cases.ts';
import { type ChatFact, type EvidenceKind, evidenceKinds } from './chat-fact-schema.ts';
import { textBelow } from './documented-at.ts';
import { isAbsent, isRefusal, namedCases, shows } from './evidence.ts';

export interface FactContext {
  readonly wire: WireName;
  readonly index: CaseIndex;
  /** Where the files lie that `documented` names. */
  readonly repositoryRoot: string;
}

/** What an entry claims and the cases do not show, one line each. Nothing is taken from the entry's own word. */
export function checkFact(fact: ChatFact, context: FactContext): string[] {
  const { wire, index } = context;
  const cases = index.cases.filter(({ wireFormat }) => wireFormat === wire);
  const { found, missing } = namedCases(fact, cases);
  const unknown = missing.map((name) => `names "${name}", which is no case on this wire`);
  switch (fact.state) {
    case 'uncovered':
      return [];
    case 'extra':
    case 'raw':
      return checkDocumented(fact, fact.documented, context);
    case 'refused':
      return [
        ...unknown,
        ...found
          .filter((testCase) => !isRefusal(testCase))
          .map(({ behavior }) => `${behavior} does not refuse its call before anything is sent`),
      ];
    case 'test':
      return fact.tests.flatMap((reference) => checkTest(reference, context));
    case 'case':
      return [...unknown, ...checkEvidence(fact, found, context)];
  }
}

function checkEvidence(
  fact: ChatFact,
  found: readonly ConformanceCase[],
  { wire, index }: FactContext,
): string[] {
  const claims = claimsOf(fact);
  const absent = fact.absent ?? [];
  const idle = found.filter((testCase) => !claims.some(({ kind, item }) => shows[kind](testCase, item)));
  return [
    ...(claims.length + absent.length === 0 ? ['says nothing that a case could show'] : []),
    ...claims
      .filter(({ kind, item }) => !found.some((testCase) => shows[kind](testCase, item)))
      .map(({ kind, item }) => `${kind} "${item}": none of its cases shows that`),
    ...idle.map(({ behavior }) => `names ${behavior}, which shows none of it`),
    ...absent
      .filter((behavior) => !isAbsent(index, wire, behavior))
      .map((behavior) => `${behavior} is not declared absent on this wire`),
  ];
}

/** Every member that the entry speaks of must be named in the text below the heading. */
function checkDocumented(fact: ChatFact, documented: string, { repositoryRoot }: FactContext): string[] {
  const text = textBelow(documented, repositoryRoot);
  if (text === undefined) return [`there is no heading ${documented}`];
  const names = [...(fact.sends ?? []), ...(fact.sendsHeaders ?? []), ...(fact.reads ?? [])].map(lastName);
  if (names.length === 0) return ['names no member in "sends", "sendsHeaders" or "reads"'];
  return names
    .filter((name) => !text.toLowerCase().includes(name.toLowerCase()))
    .map((name) => `"${name}" is not named below ${documented}`);
}

function checkTest(reference: string, { repositoryRoot }: FactContext): string[] {
  const [file = '', title = ''] = reference.split(/: (.*)/s);
  const path = join(repositoryRoot, file);
  if (!existsSync(path)) return [`there is no file ${file}`];
  return readFileSync(path, 'utf8').includes(`'${title}'`) ? [] : [`${file} has no test "${title}"`];
}

function lastName(path: string): string {
  return (
    path
      .replace(/=.*$/s, '')
      .replace(/\.\*\*$/, '')
      .replaceAll('[]', '')
      .split('.')
      .at(-1) ?? path
  );
}

interface Claim {
  readonly kind: Exclude<EvidenceKind, 'absent'>;
  readonly item: string;
}

function claimsOf(fact: ChatFact): Claim[] {
  return evidenceKinds.flatMap((kind) =>
    kind === 'absent' ? [] : (fact[kind] ?? []).map((item) => ({ kind, item })),
  );
}
