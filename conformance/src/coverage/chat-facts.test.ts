import { describe, expect, test } from 'vitest';
import { referenceClient } from '../../defects/reference-client.ts';
import { sampleCase, sampleCheck, sampleReply } from '../../self-check/sample-case.ts';
import { withCarrier } from '../../self-check/with-carrier.ts';
import { type CaseIndex, loadCases } from '../load-cases.ts';
import type { ChatFact } from './chat-fact-schema.ts';
import { joinChatFacts } from './chat-facts.ts';
import { scripted } from './chat-facts-join.ts';
import { createNoticer } from './reply-edits.ts';

test('every fact about chat is covered, and no entry claims more than the cases show', async () => {
  const joined = await judged(loadCases(), { blindTo: scripted });
  expect(joined.flatMap(({ untrue }) => untrue)).toEqual([]);
  expect(joined.flatMap(({ unjudged }) => unjudged)).toEqual([]);
  expect(joined.flatMap(({ uncovered }) => uncovered)).toEqual([]);
  expect(joined.map(({ unlisted }) => unlisted)).toEqual([
    { requests: [], replies: [] },
    { requests: [], replies: [] },
  ]);
  expect(joined.every(({ states }) => states.case > 100)).toBe(true);
});

const reply = '{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}],"mood":"calm"}';
const testCase = sampleCase({
  exchanges: [
    { request: { ...sampleCheck(), body: { model: 'qwen-plus', top_k: 5 } }, reply: sampleReply(reply) },
  ],
});
const index = {
  cases: [testCase],
  absent: [{ wireFormat: 'openai-compatible', behavior: 'sample/elsewhere', because: 'it cannot' }],
} as unknown as CaseIndex;

async function judged(
  cases: CaseIndex,
  options: { readonly facts?: readonly ChatFact[]; readonly blindTo?: readonly string[] },
) {
  const { facts, ...rest } = options;
  return withCarrier('intercept', (carrier) =>
    joinChatFacts({
      ...rest,
      index: cases,
      ...(facts ? { facts: { 'openai-compatible': facts, dashscope: [] } } : {}),
      notices: createNoticer({ driver: (entry) => referenceClient(entry), carrier }),
    }),
  );
}

async function untrue(members: Partial<ChatFact>) {
  const joined = await judged(index, { facts: [fact(members)] });
  return joined[0]?.untrue.map((line) => line.replace(/^[^:]*: /, ''));
}

function fact(members: Partial<ChatFact>): ChatFact {
  const whole = { id: 'a', section: 'a', fact: 'A fact', state: 'case', cases: ['sample/chat'], ...members };
  return whole as unknown as ChatFact;
}

describe('an entry', () => {
  test('is true when its case sends, calls, omits, reads and ignores what it says', async () => {
    expect(
      await untrue({
        sends: ['top_k=5', 'model'],
        omits: ['stream'],
        calls: ['/chat/completions'],
        reads: ['choices[].message.content', 'choices[].finish_reason="stop"'],
        ignores: ['mood'],
        bytes: ['"mood"'],
        absent: ['sample/elsewhere'],
      }),
    ).toEqual([]);
  });

  test.each([
    ['sends', 'top_p'],
    ['sends', 'top_k=6'],
    ['sendsHeaders', 'x-dashscope-sse'],
    ['omits', 'top_k'],
    ['omitsHeaders', 'x-dashscope-sse'],
    ['calls', '/generation'],
    ['bytes', 'event:error'],
    ['guards', 'lose-usage'],
    ['fails', 'rate-limited'],
    ['readsHeaders', 'x-request-id'],
    ['reads', 'usage'],
    ['ignores', 'usage'],
  ])('is untrue when its case does not show what it says: %s %s', async (kind, item) => {
    expect(await untrue({ [kind]: [item] })).toContain(`${kind} "${item}": none of its cases shows that`);
  });

  test('is untrue when a member that it calls read can go', async () => {
    expect(await untrue({ reads: ['mood'] })).toEqual([
      'reads "mood": no case notices when it is gone or changed',
    ]);
  });

  test('is untrue when a member that it calls ignored cannot go', async () => {
    const item = 'choices[].message.content';
    expect(await untrue({ ignores: [item] })).toEqual([`ignores "${item}": each case fails without it`]);
  });

  test('is untrue when it names no case, or one that shows nothing of it', async () => {
    expect(await untrue({ cases: ['sample/nothing'], sends: ['model'] })).toContain(
      'names "sample/nothing", which is no case on this wire',
    );
    expect(await untrue({ sends: ['top_p'] })).toContain('names sample/chat, which shows none of it');
    expect(await untrue({})).toContain('says nothing that a case could show');
  });

  test('is untrue when what it calls refused is sent, or what it calls absent is not declared so', async () => {
    expect(await untrue({ state: 'refused' })).toEqual([
      'sample/chat does not refuse its call before anything is sent',
    ]);
    expect(await untrue({ sends: ['model'], absent: ['sample/chat'] })).toEqual([
      'sample/chat is not declared absent on this wire',
    ]);
  });

  test('is untrue when nothing documents what it calls reachable', async () => {
    const documented = 'docs/extra-and-raw.md#headers';
    expect(await untrue({ state: 'extra', documented, sends: ['top_k'] })).toEqual([
      `"top_k" is not named below ${documented}`,
    ]);
    expect(
      await untrue({ state: 'raw', documented: 'docs/extra-and-raw.md#none', reads: ['top_k'] }),
    ).toEqual(['there is no heading docs/extra-and-raw.md#none']);
  });

  test('is untrue when the test that it names is not there', async () => {
    const file = 'conformance/src/coverage/chat-facts.test.ts';
    expect(await untrue({ state: 'test', tests: [`${file}: claims nothing while it is uncovered`] })).toEqual(
      [],
    );
    expect(await untrue({ state: 'test', tests: [`${file}: claims everything`, 'a.test.ts: b'] })).toEqual([
      `${file} has no test "claims everything"`,
      'there is no file a.test.ts',
    ]);
  });

  test('claims nothing while it is uncovered', async () => {
    const joined = await judged(index, { facts: [fact({ state: 'uncovered', sends: ['top_p'] })] });
    expect(joined[0]).toMatchObject({ untrue: [], states: { uncovered: 1, case: 0 } });
  });
});

test('paths of requests and replies that no entry speaks of are unlisted', async () => {
  const joined = await judged(index, {
    facts: [fact({ sends: ['model'], reads: ['choices[].message.content'] })],
  });
  expect(joined[0]?.unlisted).toEqual({ requests: ['top_k'], replies: ['choices[].finish_reason', 'mood'] });
});

test('a claim about a case that the client fails as it is stays without a verdict', async () => {
  const failing = { ...testCase, expect: { ended: 'completed', response: { text: 'Other' } } } as const;
  const cases = { ...index, cases: [failing] };
  const joined = await judged(cases, { facts: [fact({ reads: ['choices[].message.content'] })] });
  expect(joined[0]).toMatchObject({
    untrue: [],
    unjudged: ['openai-compatible/a: reads "choices[].message.content"'],
  });
});
