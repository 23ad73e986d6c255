import type { ChatEvent } from '@qwire/core';
import type { Difference } from './compare-outcome.ts';

/**
 * Where the events of a stream break the order that holds for every stream: the start is first, the finish is last, tool
 * calls are opened before and closed after their pieces, and usage comes at most once.
 */
export function checkEvents(events: readonly ChatEvent[], completed: boolean): Difference[] {
  const differences: Difference[] = [];
  const open = new Map<number, string>();
  events.forEach((event, position) => {
    const path = `events[${position}]`;
    const differ = (expected: string): void => {
      differences.push({ path, expected, actual: event });
    };
    if ((event.type === 'response-start') !== (position === 0))
      differ('response-start as the first event, and only there');
    if (event.type === 'finish' && position !== events.length - 1) differ('finish as the last event');
    if (event.type === 'usage' && events.slice(0, position).some(({ type }) => type === 'usage'))
      differ('usage once');
    if (event.type === 'tool-call-start') {
      if (open.has(event.index)) differ('one start for each tool call');
      open.set(event.index, '');
    }
    if (event.type === 'tool-call-delta') {
      if (!open.has(event.index)) differ('the start of this tool call before');
      open.set(event.index, `${open.get(event.index) ?? ''}${event.arguments}`);
    }
    if (event.type === 'tool-call-end') {
      if (open.get(event.index) !== event.arguments) differ('arguments that are the sum of their pieces');
      open.delete(event.index);
    }
  });
  if (completed && events.at(-1)?.type !== 'finish') {
    differences.push({ path: 'events', expected: 'finish as the last event', actual: events.at(-1) });
  }
  if (completed && open.size > 0) {
    differences.push({
      path: 'events',
      expected: 'an end of each tool call',
      actual: `open: ${[...open.keys()].join(', ')}`,
    });
  }
  return differences;
}
