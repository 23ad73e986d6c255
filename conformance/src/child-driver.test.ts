import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleCase, sampleReply } from '../self-check/sample-case.ts';
import { type Scenario, scenarioSchema } from './case-schema.ts';
import { childDriver } from './child-driver.ts';
import type { ClientDriver } from './driver.ts';
import type { CaseIndex, ConformanceCase } from './load-cases.ts';
import { hasFailed } from './report/suite-report.ts';
import { type RunSuiteOptions, runSuite } from './run-suite.ts';

const fixture = fileURLToPath(new URL('child-driver.fixture.ts', import.meta.url));
const drivers: ClientDriver[] = [];

afterEach(async () => {
  await Promise.allSettled(drivers.splice(0).map((driver) => driver.stop?.()));
});

/** The fixture; its first line is changed by what is given. */
async function start(hello: object | string = {}, startLimitMs = 20_000): Promise<ClientDriver> {
  const change = typeof hello === 'string' ? hello : JSON.stringify(hello);
  const command = `"${process.execPath}" "${fixture}" '${change}'`;
  const driver = await childDriver({ command, startLimitMs });
  drivers.push(driver);
  return driver;
}

function caseOf(model: string, members: Partial<ConformanceCase> = {}): ConformanceCase {
  return sampleCase({
    id: `openai-compatible/sample/${model}`,
    behavior: `sample/${model}`,
    call: callOf({ request: { model } }),
    ...members,
  });
}

function callOf(call: object): Scenario['call'] {
  return scenarioSchema.shape.call.parse({ operation: 'chat', request: { model: 'm' }, ...call });
}

/** Long, for a busy machine; only a child that never answers uses it up. */
const timeLimitMs = 20_000;

async function run(driver: ClientDriver, ...cases: ConformanceCase[]) {
  return runWith({}, driver, ...cases);
}

async function runWith(options: Partial<RunSuiteOptions>, driver: ClientDriver, ...cases: ConformanceCase[]) {
  const behaviors = new Map(cases.map(({ behavior, title }) => [behavior, title]));
  const index: CaseIndex = { cases, absent: [], behaviors, sources: {}, digest: '0' };
  return runSuite({ drivers: [driver], cases: index, carriers: ['loopback'], timeLimitMs, ...options });
}

test('one child performs case after case', async () => {
  const report = await run(await start(), caseOf('a'), caseOf('b'), caseOf('c'));
  expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  expect(report.problems).toEqual([]);
  expect(report.clients).toEqual([{ name: 'fixture', version: '1', wireFormat: 'openai-compatible' }]);
});

test('a child that was stopped starts again when it is needed', async () => {
  const driver = await start();
  await run(driver, caseOf('a'));
  expect((await run(driver, caseOf('b'))).results[0]?.verdict).toBe('pass');
});

test('a child is told the case of an environment, and has none of its own', async () => {
  process.env.DASHSCOPE_INHERITED = 'yes';
  const driver = await start();
  delete process.env.DASHSCOPE_INHERITED;
  const call = callOf({ environment: { DASHSCOPE_WORKSPACE: 'ws' } });
  const { results } = await run(driver, caseOf('a', { call }));
  expect(results[0]?.requests[0]?.body).toEqual({ environment: { DASHSCOPE_WORKSPACE: 'ws' } });
});

describe('a case in which the child', () => {
  test.each([
    ['crash', /ended with code 3 before it was asked to\nIts stderr ends with:\nIt went wrong here/],
    // A shell that waits for it says so with a code of its own.
    ['killed', /(code 137|SIGKILL) before it was asked to/],
    ['junk', /stdout that is no JSON; stdout is for messages only: Asking the service/],
    ['wrong-message', /outcome\.response\.txt: is not known here/],
    ['hello-twice', /said hello twice/],
    ['not-tried', /did not try: no such operation/],
  ])('does this is an error of the harness, and the next one is judged: %s', async (model, because) => {
    const report = await run(await start(), caseOf(model), caseOf('next'));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['harness-error', 'pass']);
    expect(report.results[0]?.because).toMatch(because);
    expect(report.results[0]?.because).not.toContain('sk-conformance');
    expect(report.problems).toEqual([]);
    expect(hasFailed(report)).toBe(true);
  });

  test('never answers fails, and the next one is judged with another child', async () => {
    const report = await runWith({ timeLimitMs: 3000 }, await start(), caseOf('silent'), caseOf('next'));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['fail', 'pass']);
    expect(report.results[0]?.differences).toContainEqual({
      path: 'ended',
      expected: 'completed',
      actual: 'no outcome in time',
    });
  });

  test('writes megabytes to stderr is judged like any other', async () => {
    const report = await run(await start(), caseOf('long-stderr'), caseOf('next'));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  test('answers twice is judged by its first answer, and the run has a problem', async () => {
    const report = await run(await start(), caseOf('twice'), caseOf('next'));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(report.problems).toEqual([
      expect.stringContaining('wrote "outcome" for call 1, which it has answered already'),
    ]);
    expect(hasFailed(report)).toBe(true);
  });

  test('writes for a call that there was not is judged, and the run has a problem', async () => {
    const report = await run(await start(), caseOf('unasked'));
    expect(report.results[0]?.verdict).toBe('pass');
    expect(report.problems).toEqual([
      expect.stringContaining('wrote "received" for call 99, which it was not asked for'),
    ]);
  });

  test('does so often is told of by the first few', async () => {
    const { problems } = await run(await start(), caseOf('unasked-often'));
    expect(problems[0]?.match(/for call \d+/g)).toEqual(['for call 90', 'for call 91', 'for call 92']);
    expect(problems[0]).toContain('… and 7 more');
  });

  test('crashes and leaves a process that holds its pipes is ended with that process', async () => {
    const report = await run(await start(), caseOf('leaves-a-child'));
    expect(report.results[0]?.because).toContain('ended with code 1');
  });
});

test('a child that does not leave when its input ends is ended', async () => {
  const report = await run(await start(), caseOf('waits-on-stdin-no-more'));
  expect(report.results[0]?.verdict).toBe('pass');
  expect(report.problems).toEqual([]);
});

describe('a stream that is', () => {
  function streamCase(cancel: object | undefined, members: Partial<ConformanceCase> = {}): ConformanceCase {
    return caseOf('stream', { call: callOf({ operation: 'stream', ...(cancel && { cancel }) }), ...members });
  }
  const stalls = { ...sampleReply(), delivery: { split: 'whole', end: 'stall' } } as const;
  const [exchange] = sampleCase().exchanges;
  const start0 = { type: 'response-start' } as const;
  const cancelled = { ended: 'cancelled', error: { kind: 'aborted' } } as const;
  const stalling = exchange ? [{ ...exchange, reply: stalls }] : [];

  test('not canceled completes', async () => {
    expect((await run(await start(), streamCase(undefined))).results[0]?.verdict).toBe('pass');
  });

  test('left after an event is left there', async () => {
    const expected = { exchanges: stalling, expect: { ...cancelled, events: [start0] } };
    const { results } = await run(await start(), streamCase({ by: 'leave', afterEvents: 1 }, expected));
    expect(results[0]?.differences).toEqual([]);
  });

  test('aborted after an event is aborted there', async () => {
    const expected = {
      exchanges: stalling,
      expect: { ...cancelled, events: [start0, { type: 'text-delta' as const, text: 'Hello' }] },
    };
    const { results } = await run(await start(), streamCase({ by: 'abort', afterEvents: 2 }, expected));
    expect(results[0]?.differences).toEqual([]);
  });

  test('aborted before the headers is told so', async () => {
    const silence = exchange ? [{ ...exchange, reply: { kind: 'silence' } as const }] : [];
    const expected = { exchanges: silence, expect: { ...cancelled, events: [] } };
    const { results } = await run(await start(), streamCase({ by: 'abort', before: 'headers' }, expected));
    expect(results[0]?.differences).toEqual([]);
  });

  test('aborted before the request sends none', async () => {
    const expected = { exchanges: [], expect: { ...cancelled, events: [] } };
    const { results } = await run(await start(), streamCase({ by: 'abort', before: 'request' }, expected));
    expect(results[0]?.differences).toEqual([]);
  });
});

describe('a child does not begin when', () => {
  test.each([
    [
      'a capability is left open',
      { supports: { text: true } },
      'supports.streaming: is not stated; say true, or',
    ],
    [
      'a capability has no reason',
      { supports: { text: { supported: false } } },
      'supports.text: is not stated',
    ],
    ['a capability is not known', { supports: { telepathy: true } }, 'supports.telepathy: is not known here'],
    ['it speaks another version', { protocol: 2 }, 'protocol: Invalid input: expected 1'],
    ['it has no name', { name: '' }, 'name: Too small'],
    ['it speaks of another wire', { wireFormat: 'grpc' }, 'wireFormat: Invalid option'],
    ['it begins with something else', 'Welcome', 'is no JSON; stdout is for messages only: Welcome'],
    ['it begins with another message', '{"type":"received","id":1}', 'has to say hello first'],
  ])('%s', async (_, hello, because) => {
    const line = typeof hello === 'string' && hello.startsWith('{') ? ` ${hello}` : hello;
    await expect(start(line)).rejects.toThrow(because);
  });

  test('it says nothing', async () => {
    await expect(start('', 300)).rejects.toThrow('said no hello within 300 ms');
  });

  test('its command is not there', async () => {
    await expect(childDriver({ command: 'no-such-command-here' })).rejects.toThrow(
      '"no-such-command-here" ended with code 127 before it said hello',
    );
  });

  test('its folder is not there', async () => {
    await expect(childDriver({ command: 'true', cwd: '/no/such/folder' })).rejects.toThrow(
      '"true" could not be started',
    );
  });
});

test('a child says the same of itself each time', async () => {
  const command = `"${process.execPath}" "${fixture}" "{\\"version\\":\\"$(date +%N)\\"}"`;
  const driver = await childDriver({ command });
  drivers.push(driver);
  const report = await run(driver, caseOf('crash'), caseOf('next'));
  expect(report.results[1]).toMatchObject({
    verdict: 'harness-error',
    because: expect.stringContaining('said something else of itself when it was started again'),
  });
});

test('a child cannot be reached by catching requests in this process', async () => {
  await expect(runWith({ carriers: ['intercept'] }, await start(), caseOf('a'))).rejects.toThrow(
    'fixture takes part over loopback only, not over intercept',
  );
});
