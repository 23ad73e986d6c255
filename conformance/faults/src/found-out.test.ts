import { expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { runFaults } from './run-faults.ts';
import type { Subject } from './subject.ts';
import { faults } from './table/index.ts';

/** Follows redirects, heeds no limit, and fails with all that it knows. */
function carelessSubject(chat: Subject['chat']): Subject {
  return {
    name: 'careless',
    wires: ['dashscope'],
    chat,
    async *stream(call) {
      yield await chat(call);
    },
    readError: (error) => (error instanceof Error ? { kind: 'connection', retryable: true } : undefined),
  };
}

const post = ({ baseURL, apiKey }: Parameters<Subject['chat']>[0], init: RequestInit = {}) =>
  fetch(baseURL, { method: 'POST', headers: { authorization: apiKey }, ...init });

/** What is found wrong with a client that meets one fault. */
async function problemsOf(subject: Subject, id: string, more: Partial<Fault> = {}) {
  const played = faults.filter((fault) => fault.id === id).map((fault) => ({ ...fault, ...more }));
  const { cells } = await runFaults(subject, {
    faults: played,
    watchdogMs: 1_000,
    settleMs: 200,
    withRetries: false,
  });
  return cells.flatMap(({ problems }) => problems);
}

test('a client that hangs and keeps its connection is found out', async () => {
  const subject = carelessSubject(async (call) => (await post(call)).text());
  const problems = await problemsOf(subject, 'stall-after-headers');
  expect(problems).toContain('kind: hung instead of timeout');
  expect(problems).toContain('open connections: 1 instead of 0');
});

test('a client that leaves a timer and a listener is found out', async () => {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const subject = carelessSubject(async (call) => {
    timers.push(setTimeout(() => {}, 60_000));
    call.signal.addEventListener('abort', () => {});
    return (await post(call)).text();
  });
  const problems = await problemsOf(subject, 'reset-before-headers');
  for (const timer of timers) clearTimeout(timer);
  expect(problems).toEqual(
    Array.from({ length: 2 }, () => ['timers: 1 instead of 0', 'listeners: 1 instead of 0']).flat(),
  );
});

test('a client that goes elsewhere with the key, and shows it, is found out', async () => {
  const subject = carelessSubject(async (call) => {
    await (await post(call)).text();
    throw new Error(`refused: ${call.apiKey}`);
  });
  const problems = await problemsOf(subject, 'redirect-307');
  expect(problems).toContain('connections elsewhere: 1 instead of 0');
  expect(problems).toContain('shows the key: true instead of false');
});

test('a client that reads without end is found out', async () => {
  const subject = carelessSubject(async (call) => (await post(call)).text());
  const problems = await problemsOf(subject, 'endless-frame', { mostBytes: 2e6 });
  expect(problems.some((problem) => problem.startsWith('bytes: '))).toBe(true);
});

test('names other than those of this machine are not looked up', async () => {
  const subject = carelessSubject(async () => (await fetch('https://example.com/')).text());
  const problems = await problemsOf(subject, 'unknown-host');
  expect(problems).toEqual([]);
});
