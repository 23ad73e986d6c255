// The protocol for child processes, proven by a client that shares nothing with this one: Python's standard library.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { childDriver } from '../src/child-driver.ts';
import { loadDeviations } from '../src/deviations.ts';
import type { CaseResult, SuiteReport } from '../src/report/suite-report.ts';
import { runSuite } from '../src/run-suite.ts';

const folder = fileURLToPath(new URL('../drivers/python/', import.meta.url));

/** Behaviors that the client keeps to, unless its deviations say otherwise; some of each group that it is able to do. */
const selection = `
  chat/text chat/conversation chat/reasoning chat/json-mode chat/json-schema chat/logprobs chat/image-bytes
  chat/image-url chat/cached-input chat/usage-not-reported chat/request-id-from-header
  stream/text-with-usage stream/chinese-text stream/usage-not-reported stream/cut-by-length stream/reply-in-one-piece
  tools/one-call tools/parallel-calls tools/broken-arguments tools/streamed-arguments tools/streamed-parallel-calls
  thinking/before-a-tool-call
  framing/byte-by-byte framing/byte-order-mark framing/crlf framing/cut-inside-a-character framing/lone-cr
  framing/no-final-blank-line framing/several-data-lines
  endings/abort-after-text endings/abort-before-the-headers endings/abort-before-the-reply
  endings/abort-before-the-request endings/leave-after-text endings/leave-at-the-start endings/cut-after-text
  endings/early-end-after-text endings/connect-limit endings/first-event-limit endings/idle-limit endings/total-limit
  errors/rejected-key errors/model-access-denied errors/model-not-found errors/rate-limit errors/arrearage
  errors/input-blocked errors/missing-key errors/connection-fails errors/page-of-a-proxy errors/empty-body-429
  errors/free-quota-exceeded errors/no-permission errors/retry-after-seconds
  stream-errors/rejected-key stream-errors/event-with-space stream-errors/moderation-after-text
  stream-errors/status-comment-4xx
  secrets/key-echoed secrets/key-echoed-in-a-stream
  unknowns/finish-reason unknowns/empty-choices unknowns/members
  retry/invalid-request retry/throttled
  refusal/temperature-too-high
  request/video-url address/base-url-with-slash address/workspace-header
`
  .trim()
  .split(/\s+/);

let report: SuiteReport;
let results: readonly CaseResult[];

beforeAll(async () => {
  try {
    execFileSync('python3', ['--version']);
  } catch (cause) {
    throw new Error(
      'python3 is needed for this test, and was not found on the path; install Python 3.9 or newer',
      {
        cause,
      },
    );
  }
  const driver = await childDriver({ command: 'python3 -B driver.py', cwd: folder });
  const deviations = { [driver.name]: loadDeviations(`${folder}driver.deviations.json`) };
  report = await runSuite({ drivers: [driver], carriers: ['loopback'], deviations });
  results = report.results.filter(({ behavior }) => selection.includes(behavior));
}, 240_000);

test('every case of the wire is performed, and none fails for the sake of the protocol', () => {
  expect(report.results.length).toBeGreaterThan(300);
  expect(report.results.filter(({ verdict }) => verdict === 'harness-error')).toEqual([]);
  expect(report.problems).toEqual([]);
});

test('the behaviors that it keeps to are judged as such', () => {
  const failed = results.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map(({ behavior, differences, because }) => ({ behavior, differences, because }))).toEqual(
    [],
  );
  expect(results.map(({ behavior }) => behavior).sort()).toEqual([...selection].sort());
});

test('calls, refusals and known deviations are all among them', () => {
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  expect(verdicts).toEqual(new Set(['pass', 'deviation', 'not-applicable']));
});
