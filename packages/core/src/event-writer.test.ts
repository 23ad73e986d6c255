import { expect, test } from 'vitest';
import type { ChatEvent } from './chat-event.ts';
import { EventWriter } from './event-writer.ts';
import type { Usage } from './usage.ts';

function record() {
  const events: ChatEvent[] = [];
  return { events, writer: new EventWriter((event) => events.push(event)) };
}

const asGiven = (usage: unknown) => usage as Usage;

test('usage and finish come last, in this order, whatever the order on the wire', () => {
  const { events, writer } = record();
  writer.start('r', 'm');
  writer.start('other', 'm');
  writer.finish('stop', 'stop');
  writer.usage({ inputTokens: 1, outputTokens: 1, totalTokens: 2 }, asGiven);
  writer.text('late');
  writer.end();
  expect(events.map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'usage', 'finish']);
});

test('empty ids and missing names leave a call as it is, and interleaved calls stay apart', () => {
  const { events, writer } = record();
  writer.toolCall({ index: 0, id: 'a', name: 'one', arguments: '{"x":' });
  writer.toolCall({ index: 1, id: 'b', name: 'two', arguments: '' });
  writer.toolCall({ index: 0, id: '', name: undefined, arguments: '1}' });
  writer.toolCall({ index: 1, id: '', name: '', arguments: 'no json' });
  writer.finish('tool-calls', 'tool_calls');
  writer.end();
  expect(events.filter(({ type }) => type === 'tool-call-end')).toEqual([
    { type: 'tool-call-end', index: 0, id: 'a', name: 'one', arguments: '{"x":1}', input: { x: 1 } },
    { type: 'tool-call-end', index: 1, id: 'b', name: 'two', arguments: 'no json', input: undefined },
  ]);
});

test('a name that comes after the first arguments loses none of them', () => {
  const { events, writer } = record();
  writer.toolCall({ index: 0, id: 'a', name: undefined, arguments: '{' });
  writer.toolCall({ index: 0, id: undefined, name: 'late', arguments: '}' });
  expect(events).toEqual([
    { type: 'tool-call-start', index: 0, id: 'a', name: 'late' },
    { type: 'tool-call-delta', index: 0, arguments: '{}' },
  ]);
});

test('a call without a name, and an end without a finish reason, are invalid responses', () => {
  const nameless = record().writer;
  nameless.toolCall({ index: 0, id: 'a', name: undefined, arguments: '{}' });
  nameless.finish('stop', 'stop');
  expect(() => nameless.end()).toThrow(expect.objectContaining({ kind: 'invalid-response' }));
  const early = record().writer;
  early.text('half');
  expect(() => early.end()).toThrow(expect.objectContaining({ kind: 'invalid-response', retryable: true }));
});

test('knows before the end what usage was reported', () => {
  const { events, writer } = record();
  expect(writer.reported).toBeUndefined();
  writer.usage({ inputTokens: 1, outputTokens: 1, totalTokens: 2 }, asGiven);
  writer.usage({ inputTokens: 1, outputTokens: 3, totalTokens: 4 }, asGiven);
  expect(writer.reported).toEqual({ inputTokens: 1, outputTokens: 3, totalTokens: 4 });
  expect(events).toEqual([]);
});
