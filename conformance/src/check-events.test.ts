import type { ChatEvent } from '@qwire/core';
import { expect, test } from 'vitest';
import { checkEvents } from './check-events.ts';

const start: ChatEvent = { type: 'response-start', requestId: undefined, model: 'm' };
const finish: ChatEvent = { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' };
const usage: ChatEvent = { type: 'usage', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } };
const open: ChatEvent = { type: 'tool-call-start', index: 0, id: '1', name: 'f' };
const piece: ChatEvent = { type: 'tool-call-delta', index: 0, arguments: '{}' };
const close: ChatEvent = { type: 'tool-call-end', index: 0, id: '1', name: 'f', arguments: '{}', input: {} };

test.each<[string, ChatEvent[]]>([
  ['a whole stream', [start, open, piece, close, usage, finish]],
  ['no text at all', [start, finish]],
])('the order holds: %s', (_, events) => {
  expect(checkEvents(events, true)).toEqual([]);
});

test.each<[string, ChatEvent[], boolean]>([
  ['no start', [finish], true],
  ['a second start', [start, start, finish], true],
  ['no finish', [start], true],
  ['something behind the finish', [start, finish, usage], false],
  ['usage twice', [start, usage, usage, finish], true],
  ['a piece before its start', [start, piece, close, finish], true],
  ['a tool call that is never closed', [start, open, piece, finish], true],
  ['arguments that are not the sum of their pieces', [start, open, close, finish], true],
  ['a tool call that starts twice', [start, open, open, piece, close, finish], true],
])('the order is broken: %s', (_, events, completed) => {
  expect(checkEvents(events, completed)).not.toEqual([]);
});

test('a stream that failed needs no finish', () => {
  expect(checkEvents([start], false)).toEqual([]);
});
