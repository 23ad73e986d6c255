import { describe, expect, test } from 'vitest';
import { type CaseIndex, loadCases } from '../load-cases.ts';
import { describeErrorCodes } from './describe-error-codes.ts';
import type { DocumentedErrors } from './error-code-schema.ts';
import { findGaps, joinErrorCodes } from './error-codes.ts';

const index = loadCases();

test('each documented code has a case on each wire that can send it, and each code of a case is documented', () => {
  expect(findGaps(joinErrorCodes(index))).toEqual([]);
});

const burstRate: DocumentedErrors['codes'][number] = {
  code: 'Throttling.BurstRate',
  source: 'error-code-zh',
  section: '429 Throttling.BurstRate',
  dashscope: [{ status: 429, place: 'reply', traits: [] }],
};

function join({
  entry = burstRate,
  cases = index.cases,
}: {
  entry?: DocumentedErrors['codes'][number];
  cases?: CaseIndex['cases'];
}) {
  return joinErrorCodes({ ...index, cases }, { codes: [entry], envelopes: [] });
}

describe('a documented code', () => {
  test('is covered by a case that expects it', () => {
    expect(join({}).codes).toEqual([
      {
        code: 'Throttling.BurstRate',
        wire: 'dashscope',
        sending: 'Throttling.BurstRate 429',
        source: 'error-code-zh',
        section: '429 Throttling.BurstRate',
        date: '2026-05-25',
        coveredBy: ['errors/burst-rate'],
      },
    ]);
  });

  test.each<[string, object]>([
    ['another status', { status: 400 }],
    ['another spelling', { code: 'limit_burst_rate' }],
    ['another envelope', { traits: ['wrapped'] }],
    ['another message', { message: 'Something else' }],
  ])('is not covered by a case with %s', (_, members) => {
    const entry = { ...burstRate, dashscope: [{ place: 'reply' as const, traits: [], ...members }] };
    expect(join({ entry }).codes[0]?.coveredBy).toEqual([]);
  });

  test('is covered inside a stream by a frame only', () => {
    const entry = { ...burstRate, dashscope: [{ place: 'stream' as const, traits: [] }] };
    expect(join({ entry }).codes[0]?.coveredBy).toEqual(['retry/error-frame-after-text']);
  });

  test('is not covered by a case that does not expect it', () => {
    const cases = index.cases
      .filter(({ id }) => id.endsWith('errors/burst-rate'))
      .map((testCase) => ({
        ...testCase,
        expect: { ended: 'failed' as const, error: { kind: 'rate-limited' as const } },
      }));
    expect(join({ cases }).codes[0]?.coveredBy).toEqual([]);
  });

  test('is a gap when no case covers it', () => {
    expect(findGaps(join({ cases: [] }))).toEqual([
      'dashscope: Throttling.BurstRate 429 (error-code-zh) has no case',
    ]);
  });
});

test('a code that only a case knows is a gap', () => {
  const cases = index.cases.filter(({ id }) => id === 'dashscope/errors/rejected-key');
  expect(findGaps(join({ cases }))).toContain(
    'dashscope: InvalidApiKey is expected by a case and not listed in coverage/error-codes.json',
  );
});

test('a source that sources.json lacks is a gap', () => {
  expect(findGaps(join({ entry: { ...burstRate, source: 'no-such-page' } }))).toContain(
    'no-such-page is not in sources.json',
  );
});

test('the text says how much is covered, and names the cases, the source and its date', () => {
  const entry = {
    ...burstRate,
    dashscope: [...(burstRate.dashscope ?? []), { status: 500, place: 'reply' as const, traits: [] }],
  };
  const cases = index.cases.filter(({ behavior }) => behavior === 'errors/burst-rate');
  const text = describeErrorCodes(join({ entry, cases }));
  expect(text).toContain('2 ways in which a wire sends them: 1 (50 %) covered.');
  expect(text).toContain('In no case: 1\n  dashscope: Throttling.BurstRate 500: no case');
  expect(text).toContain(
    'dashscope: Throttling.BurstRate 429: errors/burst-rate [error-code-zh, 429 Throttling.BurstRate, 2026-05-25]',
  );
});
