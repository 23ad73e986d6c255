import { expect, test } from 'vitest';
import { board } from './clients.ts';
import { readDeviations } from './deviation-files.ts';
import { boardCases, runClient } from './run-board.ts';
import type { ScoredClient } from './scored-client.ts';

const cases = boardCases();
const few = ['chat/text', 'stream/text-with-usage', 'errors/rejected-key'];

function casesOf({ driver }: ScoredClient, ...behaviors: readonly string[]) {
  return cases.filter(
    ({ behavior, wireFormat }) => wireFormat === driver.wireFormat && behaviors.includes(behavior),
  );
}

test.each(board.map(({ client }) => [client.label, client] as const))(
  '%s answers a question in one piece and in a stream, and fails with a key that is refused',
  async (_, client) => {
    const results = await runClient(client, casesOf(client, ...few));
    expect(results.map(({ testCase, judgment }) => [testCase.behavior, judgment.verdict])).toEqual(
      [...few].sort().map((behavior) => [behavior, 'pass']),
    );
    expect(results.every(({ view }) => view?.observation.seen.length === 1)).toBe(true);
  },
);

test.each(board.map((entry) => [entry.client.label, entry] as const))(
  '%s does in a case of its record what is on record, and no record hides another outcome',
  async (_, { client, folder }) => {
    const [first] = readDeviations(folder);
    if (!first) return;
    const [testCase] = cases.filter(({ id }) => id === first.case);
    expect(testCase?.id).toBe(first.case);
    const verdict = async (deviation = first) =>
      (await runClient(client, testCase ? [testCase] : [], { deviations: [deviation] }))[0]?.judgment.verdict;
    expect(await verdict()).toBe('deviation');
    expect(await verdict({ ...first, observed: { ended: 'cancelled' } })).toBe('fail');
  },
);

test('every record names a case of the board, and each case once', () => {
  const ids = new Set(cases.map(({ id }) => id));
  for (const { folder } of board) {
    const named = readDeviations(folder).map((deviation) => deviation.case);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  }
});

test('a call that cannot be said to a client does not apply to it, with the reason', async () => {
  const [entry] = board.filter(({ folder }) => folder === 'ai-sdk-alibaba');
  if (!entry) throw new Error('@ai-sdk/alibaba is not on the board');
  const [scored] = await runClient(entry.client, casesOf(entry.client, 'chat/logprobs'));
  expect(scored?.judgment).toMatchObject({
    verdict: 'not-applicable',
    because: 'no logprobs: it has no option for it',
  });
});
