import { expect, test } from 'vitest';
import type { Expectation } from './case-schema.ts';
import { compareOutcome } from './compare-outcome.ts';
import type { Outcome } from './outcome.ts';

const usage = { inputTokens: 3, outputTokens: undefined, totalTokens: undefined };

function paths(expected: Expectation, outcome: Outcome): string[] {
  return compareOutcome(expected, outcome).map(({ path }) => path);
}

function completed(response: NonNullable<Outcome['response']>): Outcome {
  return { ended: 'completed', response: { warnings: [], ...response } };
}

test('what is not stated is not compared', () => {
  expect(
    paths({ ended: 'completed', response: { text: 'a' } }, completed({ text: 'a', model: 'm' })),
  ).toEqual([]);
});

test('a token count that is not stated has to be absent', () => {
  const outcome = completed({ usage: { ...usage, cachedInputTokens: 0 } });
  const expected: Expectation = { ended: 'completed', response: { usage: { inputTokens: 3 } } };
  expect(paths(expected, outcome)).toEqual(['response.usage.cachedInputTokens']);
});

test('a token count of null has to be absent, and 0 is not absent', () => {
  const expected: Expectation = {
    ended: 'completed',
    response: { usage: { inputTokens: 3, totalTokens: null } },
  };
  expect(paths(expected, completed({ usage }))).toEqual([]);
  expect(paths(expected, completed({ usage: { ...usage, totalTokens: 0 } }))).toEqual([
    'response.usage.totalTokens',
  ]);
});

test('a warning that is not stated is a difference', () => {
  const outcome = completed({ text: 'a', warnings: [{ field: 'n', message: 'left out' }] });
  expect(paths({ ended: 'completed', response: { text: 'a' } }, outcome)).toEqual(['response.warnings[0]']);
});

test('an error beside a completed call is a difference', () => {
  const outcome: Outcome = { ...completed({ text: 'a' }), error: { kind: 'aborted' } };
  expect(paths({ ended: 'completed', response: { text: 'a' } }, outcome)).toEqual(['error']);
});

test('a crash is a difference unless it is stated, whatever else is', () => {
  const crash: Outcome = { ended: 'failed', error: { kind: 'crash', message: 'terminated' } };
  const own: Outcome = { ended: 'failed', error: { kind: undefined, message: 'terminated' } };
  const stated = { message: { contains: 'terminated' } };
  expect(compareOutcome({ ended: 'failed', error: stated }, crash)).toEqual([
    { path: 'error.kind', expected: "an error of the client's own", actual: 'crash' },
  ]);
  expect(compareOutcome({ ended: 'failed', error: { ...stated, kind: 'crash' } }, crash)).toEqual([]);
  expect(compareOutcome({ ended: 'failed', error: stated }, own)).toEqual([]);
  expect(compareOutcome({ ended: 'failed', error: { ...stated, kind: null } }, own)).toEqual([]);
});

test.each([
  ['equal text', 'abc', 'abc', true],
  ['other text', 'abc', 'abd', false],
  ['absent', null, undefined, true],
  ['not absent', null, 'abc', false],
  ['present', { present: true }, 'abc', true],
  ['present but empty', { present: true }, '', false],
  ['contained', { contains: 'b' }, 'abc', true],
  ['not contained', { contains: 'x' }, 'abc', false],
  ['lacking', { lacks: 'x' }, 'abc', true],
  ['not lacking', { lacks: 'b' }, 'abc', false],
  ['lacking, and absent', { lacks: 'x' }, undefined, false],
] as const)('text is matched: %s', (_, code, actual, holds) => {
  const expected: Expectation = { ended: 'failed', error: { kind: 'unavailable', code } };
  const outcome: Outcome = { ended: 'failed', error: { kind: 'unavailable', code: actual } };
  expect(paths(expected, outcome)).toEqual(holds ? [] : ['error.code']);
});

test('where text is cut does not matter, and what lies between does', () => {
  const start = { type: 'response-start', requestId: undefined, model: 'm' } as const;
  const piece = (text: string) => ({ type: 'text-delta', text }) as const;
  const thought = { type: 'reasoning-delta', text: 'hm' } as const;
  const expected: Expectation = { ended: 'completed', events: [{ type: 'response-start' }, piece('ab')] };
  const seen = (...events: NonNullable<Outcome['events']>): Outcome => ({ ended: 'completed', events });
  expect(paths(expected, seen(start, piece('a'), piece(''), piece('b')))).toEqual([]);
  expect(paths(expected, seen(start, piece('a'), thought, piece('b')))).toEqual([
    'events[1].text',
    'events[2]',
    'events[3]',
  ]);
});

test('tool calls are compared with their number, and null input stands for arguments that do not parse', () => {
  const call = { id: '1', name: 'weather', arguments: '{', input: undefined };
  const expected: Expectation = {
    ended: 'completed',
    response: { toolCalls: [{ name: 'weather', arguments: '{', input: null }] },
  };
  expect(paths(expected, completed({ toolCalls: [call] }))).toEqual([]);
  expect(paths(expected, completed({ toolCalls: [{ ...call, input: {} }] }))).toEqual([
    'response.toolCalls[0].input',
  ]);
  expect(paths(expected, completed({ toolCalls: [call, call] }))).toEqual(['response.toolCalls[1]']);
  expect(paths(expected, completed({ toolCalls: [] }))).toEqual(['response.toolCalls[0]']);
});
