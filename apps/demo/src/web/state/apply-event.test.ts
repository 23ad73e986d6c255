import { expect, test } from 'vitest';
import { helloAnswer, weatherCallAnswer } from '../../../test/fake-client.ts';
import type { ConsoleEvent } from '../../shared/console-api.ts';
import { applyEvent, endTurn } from './apply-event.ts';
import type { Turn } from './turn.ts';

const turn: Turn = {
  id: 1,
  user: { role: 'user', content: 'Hello' },
  state: 'running',
  calls: [],
  answers: [],
};
const start: ConsoleEvent = {
  type: 'call-start',
  workspace: 'marketing',
  wire: 'dashscope',
  model: 'qwen-plus',
};

function play(...events: readonly ConsoleEvent[]): Turn {
  return events.reduce(applyEvent, turn);
}

const hello = helloAnswer as readonly ConsoleEvent[];
const weather = weatherCallAnswer as readonly ConsoleEvent[];

test('an answer is gathered with its usage, request id and times', () => {
  const message = { role: 'assistant', content: 'Hello there.' } as const;
  const end = { type: 'call-end', message, warnings: [], afterMs: 60 } as const;
  const played = play(start, { type: 'first-event', afterMs: 10 }, ...hello, end, { type: 'chat-end' });
  expect(endTurn(played)).toMatchObject({
    state: 'finished',
    answers: [message],
    calls: [
      {
        text: 'Hello there.',
        requestId: 'request-1',
        usage: { inputTokens: 9, outputTokens: 3, totalTokens: 12 },
        finishReason: 'stop',
        firstEventMs: 10,
        totalMs: 60,
      },
    ],
  });
});

test('reasoning is kept apart from the text', () => {
  const played = play(start, { type: 'reasoning-delta', text: 'Hm' }, { type: 'text-delta', text: 'Yes' });
  expect(played.calls[0]).toMatchObject({ reasoning: 'Hm', text: 'Yes' });
});

test('arguments grow while they arrive', () => {
  expect(play(start, ...weather.slice(0, 3)).calls[0]?.toolCalls).toEqual([
    { index: 0, id: 'call_1', name: 'get_weather', arguments: '{"city":', isComplete: false },
  ]);
  expect(play(start, ...weather.slice(0, 4)).calls[0]?.toolCalls[0]).toMatchObject({
    arguments: '{"city":"Singapore"}',
    isComplete: false,
  });
  expect(play(start, ...weather).calls[0]?.toolCalls).toEqual([
    { index: 0, id: 'call_1', name: 'get_weather', arguments: '{"city":"Singapore"}', isComplete: true },
  ]);
});

test('a tool answer belongs to its call and goes into the next request', () => {
  const played = play(start, ...weather, { type: 'tool-result', toolCallId: 'call_1', content: '{}' }, start);
  expect(played.calls[0]?.toolCalls[0]?.result).toBe('{}');
  expect(played.answers).toEqual([{ role: 'tool', toolCallId: 'call_1', content: '{}' }]);
  expect(played.calls).toHaveLength(2);
});

test('events belong to the call that began last', () => {
  const played = play(start, { type: 'text-delta', text: 'First' }, start, {
    type: 'text-delta',
    text: 'Second',
  });
  expect(played.calls.map(({ text }) => text)).toEqual(['First', 'Second']);
});

test('an error ends the turn and keeps what had arrived', () => {
  const error = { kind: 'unavailable', message: 'Down.', retryable: true } as const;
  const played = play(start, { type: 'text-delta', text: 'Hel' }, { type: 'error', error });
  expect(endTurn(played)).toMatchObject({
    state: 'failed',
    error,
    calls: [{ text: 'Hel' }],
  });
});

test('an error before any call is shown too', () => {
  const error = { kind: 'invalid-request', message: 'model: must name a model', retryable: false } as const;
  expect(play({ type: 'error', error })).toMatchObject({ state: 'failed', error, calls: [] });
});

test('a stopped turn keeps what had arrived', () => {
  const played = play(start, { type: 'text-delta', text: 'Hel' });
  expect(endTurn(played)).toMatchObject({
    state: 'stopped',
    calls: [{ text: 'Hel' }],
  });
});

test('code that is run is kept as it stands at the end', () => {
  const played = play(
    start,
    { type: 'code-run', index: 0, code: 'print(2' },
    { type: 'code-run', index: 0, code: 'print(2**10)' },
    { type: 'code-run', index: 1, code: 'print(1024)' },
  );
  expect(played.calls[0]?.codeRuns).toEqual(['print(2**10)', 'print(1024)']);
});
