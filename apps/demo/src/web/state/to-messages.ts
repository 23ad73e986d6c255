import type { Message } from '@qwire/core';
import type { Turn } from './turn.ts';

/**
 * What of the conversation the next request repeats. A turn without a whole answer would leave a question or a tool
 * call unanswered, which the service refuses.
 */
export function toMessages(turns: readonly Turn[]): readonly Message[] {
  return turns.flatMap(toAnsweredMessages);
}

/** Whether later requests repeat the turn. */
export function isRepeated(turn: Turn): boolean {
  return toAnsweredMessages(turn).length > 0;
}

function toAnsweredMessages(turn: Turn): readonly Message[] {
  if (turn.state === 'finished') return [turn.user, ...turn.answers];
  const text = turn.calls.at(-1)?.text;
  if (turn.state === 'stopped' && text) return [turn.user, { role: 'assistant', content: text }];
  return [];
}
