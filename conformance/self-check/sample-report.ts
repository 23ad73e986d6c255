import type { CaseIndex } from '../src/load-cases.ts';
import type { CaseResult, SuiteReport } from '../src/report/suite-report.ts';
import { sampleCase, sampleCheck, sampleReply, sampleURL } from './sample-case.ts';

/** Text that would become markup, end a script, close a cell or hide itself wherever it is not escaped. */
export const hostileText =
  '</script><script>document.title="taken"</script><!-- <img src=x onerror="document.title=\'taken\'"> | $& ]]> \u2028 \u202E \u0000';

/** A result of the sample case; members given replace its own. */
export function sampleResult(change: Partial<CaseResult> = {}): CaseResult {
  return {
    case: 'openai-compatible/sample/chat',
    behavior: 'sample/chat',
    wireFormat: 'openai-compatible',
    title: 'A sample',
    level: 'must',
    status: 'stable',
    provenance: 'synthetic',
    sources: [{ source: 'page', section: 'Samples', supports: 'reply' }],
    overrides: [],
    client: 'sample',
    carrier: 'intercept',
    verdict: 'pass',
    differences: [],
    outcome: { ended: 'completed', response: { text: 'Hello' } },
    requests: [
      {
        method: 'POST',
        url: sampleURL,
        headers: { authorization: 'Bearer [key]' },
        body: { model: 'qwen-plus' },
        reply: { state: 'finished', chunks: [{ bytes: 14, atMs: 1 }] },
      },
    ],
    durationMs: 3,
    ...change,
  };
}

/** A report of that result; members given replace its own. */
export function sampleReport(change: Partial<SuiteReport> = {}): SuiteReport {
  return {
    reportVersion: 1,
    suiteVersion: '1.2.3',
    casesDigest: '0123456789abcdef',
    node: '24.0.0',
    msw: '3.0.0',
    startedAt: '2026-11-22T10:00:00.000Z',
    durationMs: 1234,
    carriers: ['intercept', 'loopback'],
    clients: [{ name: 'sample', version: '1.0.0', wireFormat: 'openai-compatible' }],
    problems: [],
    warnings: [],
    results: [sampleResult()],
    sources: {
      page: {
        kind: 'document',
        url: 'https://example.com/samples',
        title: 'Samples',
        language: 'en',
        retrievedOn: '2026-11-22',
      },
    },
    absent: [],
    ...change,
  };
}

/** A report in which every text is hostile, and the cases that it was made with. */
export function hostileReport(): { report: SuiteReport; index: Pick<CaseIndex, 'cases' | 'behaviors'> } {
  const client = hostileText;
  const body = new TextEncoder().encode(`data: ${hostileText}\n\n`);
  const hostile = sampleResult({
    client,
    verdict: 'fail',
    title: hostileText,
    because: hostileText,
    differences: [{ path: hostileText, expected: hostileText, actual: { [hostileText]: hostileText } }],
    outcome: { ended: 'failed', error: { kind: 'crash', message: hostileText } },
    requests: [
      {
        method: 'POST',
        url: `https://example.com/${hostileText}`,
        headers: { 'x-hostile': hostileText },
        body: hostileText,
        reply: { state: 'finished', chunks: [{ bytes: body.length, atMs: 0 }] },
      },
    ],
  });
  const reply = sampleReply(new TextDecoder().decode(body));
  const testCase = sampleCase({
    title: hostileText,
    sources: hostile.sources,
    exchanges: [{ request: sampleCheck(), reply }],
  });
  return {
    report: sampleReport({
      clients: [{ name: client, version: hostileText, wireFormat: 'openai-compatible' }],
      problems: [hostileText],
      warnings: [hostileText],
      results: [hostile],
      sources: {
        page: {
          kind: 'document',
          url: 'javascript:document.title="taken"',
          title: hostileText,
          language: 'en',
          retrievedOn: '2026-11-22',
        },
      },
    }),
    index: { cases: [testCase], behaviors: new Map([[testCase.behavior, hostileText]]) },
  };
}
