/** An event, expected or seen. */
interface EventLike {
  readonly type: string;
  readonly text?: string | undefined;
  readonly index?: number | undefined;
  readonly arguments?: string | undefined;
  readonly logprobs?: unknown;
}

/**
 * The same events with their pieces joined, because how the service cuts text is not a fact to rely on: text next to
 * text, reasoning next to reasoning, and all pieces of one tool call at the place of the first. Empty pieces vanish.
 */
export function mergeDeltas<Event extends EventLike>(events: readonly Event[]): Event[] {
  const merged: Event[] = [];
  for (const event of events) {
    const piece = pieceOf(event);
    if (!piece) {
      merged.push(event);
      continue;
    }
    if (event[piece] === '' && event.logprobs === undefined) continue;
    const position =
      piece === 'text' ? merged.length - 1 : merged.findLastIndex((other) => isSameCall(other, event));
    const before = merged[position];
    if (before?.type === event.type) merged[position] = join(before, event, piece);
    else merged.push(event);
  }
  return merged;
}

function join<Event extends EventLike>(before: Event, event: Event, piece: 'text' | 'arguments'): Event {
  const joined = { ...before, [piece]: `${before[piece]}${event[piece]}` };
  const logprobs = [before.logprobs, event.logprobs].filter(Array.isArray).flat();
  return logprobs.length > 0 ? { ...joined, logprobs } : joined;
}

function pieceOf({ type }: EventLike): 'text' | 'arguments' | undefined {
  if (type === 'text-delta' || type === 'reasoning-delta') return 'text';
  return type === 'tool-call-delta' ? 'arguments' : undefined;
}

function isSameCall(a: EventLike, b: EventLike): boolean {
  return a.type === b.type && a.index === b.index;
}
