import type { WireCoverage } from './chat-facts.ts';

/** The join as text: how much is covered, what is not, and what no entry speaks of. */
export function describeChatFacts(joined: readonly WireCoverage[]): string {
  return joined.map(describeWire).join('\n\n');
}

function describeWire({ wire, states, uncovered, untrue, unjudged, unlisted }: WireCoverage): string {
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  return [
    `${wire}: ${total} facts about chat: ${counts.join(', ')}`,
    ...section('uncovered', uncovered.map(describeUncovered)),
    ...section('untrue', untrue),
    ...section('not judged', unjudged),
    ...section('unlisted in requests', unlisted.requests),
    ...section('unlisted in replies', unlisted.replies),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}: ${lines.length}`, ...lines.map((line) => `    ${line}`)];
}

function describeUncovered(fact: WireCoverage['uncovered'][number]): string {
  const needs = fact.state === 'uncovered' && fact.needs ? ` Needs ${fact.needs}.` : '';
  return `${fact.id} (${fact.section}): ${fact.fact}.${needs}`;
}
