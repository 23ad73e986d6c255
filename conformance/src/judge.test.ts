import { type Capabilities, capabilityKeys } from '@qwire/core';
import { expect, test } from 'vitest';
import { sampleCase, sampleCheck, sampleReply, sampleURL } from '../self-check/sample-case.ts';
import { createDeliveryLog } from './deliver-reply.ts';
import type { Deviation } from './deviations.ts';
import type { ClientDriver } from './driver.ts';
import { judge } from './judge.ts';
import type { Observation } from './perform-case.ts';

const everything = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;

function driver(supports: Partial<Capabilities> = {}): ClientDriver {
  return {
    name: 'sample',
    version: '1',
    wireFormat: 'openai-compatible',
    supports: { ...everything, ...supports },
    perform: async () => ({ ended: 'completed' }),
  };
}

function observed(members: Partial<Observation> = {}): Observation {
  const headers = { authorization: 'Bearer sk-conformance-0a1b2c3d4e5f' };
  const delivery = { ...createDeliveryLog(), state: 'finished' as const };
  return {
    outcome: { ended: 'completed', response: { text: 'Hello', warnings: [] } },
    thrown: undefined,
    seen: [{ method: 'POST', url: sampleURL, headers, body: '', delivery }],
    unmatched: [],
    prefix: undefined,
    durationMs: 1,
    ...members,
  };
}

const wrongText = observed({ outcome: { ended: 'completed', response: { text: 'Bye', warnings: [] } } });

const deviation: Deviation = {
  case: 'openai-compatible/sample/chat',
  cause: 'our-defect',
  observed: { ended: 'completed', response: { text: 'Bye' } },
  requestDifferences: [],
  because: 'It says bye',
  since: '2026-01-01',
  reviewBy: '2026-12-31',
};

function verdictOf(observation: Observation, known?: Deviation): string {
  return judge(sampleCase(), observation, { driver: driver(), deviation: known }).verdict;
}

test('what is as stated passes', () => {
  expect(verdictOf(observed())).toBe('pass');
});

test('another outcome that is allowed passes', () => {
  const alsoAllowed = [{ because: 'x', expect: { ended: 'completed' as const, response: { text: 'Bye' } } }];
  expect(
    judge(sampleCase({ alsoAllowed }), wrongText, { driver: driver(), deviation: undefined }).verdict,
  ).toBe('pass');
});

test('another outcome fails', () => {
  expect(verdictOf(wrongText)).toBe('fail');
});

test('a request that belongs to no case fails, whatever the outcome', () => {
  expect(verdictOf(observed({ unmatched: observed().seen }))).toBe('fail');
});

test('a wrong number of requests fails, whatever the outcome', () => {
  expect(verdictOf(observed({ seen: [] }))).toBe('fail');
  expect(verdictOf(observed({ seen: [...observed().seen, ...observed().seen] }))).toBe('fail');
});

test('no outcome in time fails', () => {
  expect(verdictOf(observed({ outcome: undefined }))).toBe('fail');
});

test('a connection that is held open fails', () => {
  const [seen] = observed().seen;
  const delivery = { ...createDeliveryLog(), state: 'sending' as const };
  expect(verdictOf(observed({ seen: seen ? [{ ...seen, delivery }] : [] }))).toBe('fail');
});

test('a driver that throws is an error of the harness, also where a deviation is known', () => {
  expect(verdictOf(observed({ thrown: 'Error: no' }), deviation)).toBe('harness-error');
});

test('the recorded deviation is a deviation', () => {
  expect(verdictOf(wrongText, deviation)).toBe('deviation');
});

test('that no outcome comes in time is recorded as such, and as nothing else', () => {
  const hanging: Deviation = { ...deviation, observed: { ended: 'no-outcome' } };
  const nothing = observed({ outcome: undefined });
  expect(verdictOf(nothing, hanging)).toBe('deviation');
  expect(verdictOf(nothing, deviation)).toBe('fail');
  expect(verdictOf(wrongText, hanging)).toBe('fail');
});

test('a deviation fails once the case passes', () => {
  expect(verdictOf(observed(), deviation)).toBe('fail');
});

test('a deviation fails when something else is seen than it records', () => {
  const other = observed({ outcome: { ended: 'completed', response: { text: 'Other', warnings: [] } } });
  expect(verdictOf(other, deviation)).toBe('fail');
  const wrongRequest = {
    ...wrongText,
    seen: wrongText.seen.map((request) => ({ ...request, url: `${sampleURL}/x` })),
  };
  expect(verdictOf(wrongRequest, deviation)).toBe('fail');
  expect(verdictOf(wrongRequest, { ...deviation, requestDifferences: ['requests[0].url'] })).toBe(
    'deviation',
  );
});

test('what is declared as not supported has to be refused before anything is sent', () => {
  const supports = { tools: { supported: false as const, because: 'not built' } };
  const testCase = sampleCase({
    requires: ['tools'],
    exchanges: [{ request: sampleCheck(), reply: sampleReply() }],
  });
  const context = { driver: driver(supports), deviation: undefined };
  const refused = observed({ seen: [], outcome: { ended: 'failed', error: { kind: 'invalid-request' } } });
  expect(judge(testCase, refused, context).verdict).toBe('not-applicable');
  expect(judge(testCase, observed(), context).verdict).toBe('fail');
  const late = { ...refused, seen: observed().seen };
  expect(judge(testCase, late, context).verdict).toBe('fail');
});

test('the key in anything that an error prints fails', () => {
  const error = { kind: 'unavailable' as const, rendered: 'Bearer sk-conformance-0a1b2c3d4e5f' };
  const testCase = sampleCase({ expect: { ended: 'failed', error: { kind: 'unavailable' } } });
  const context = { driver: driver(), deviation: undefined };
  expect(judge(testCase, observed({ outcome: { ended: 'failed', error } }), context).verdict).toBe('fail');
  expect(
    judge(testCase, observed({ outcome: { ended: 'failed', error: { kind: 'unavailable' } } }), context)
      .verdict,
  ).toBe('pass');
});
