import type {
  Expectation,
  ExpectedError,
  ExpectedEvent,
  ExpectedResponse,
  TextMatch,
} from '../case-schema.ts';
import { checkEvents } from '../check-events.ts';
import type { Difference } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';
import type { Outcome } from '../outcome.ts';

type Compare = (path: string, expected: unknown, actual: unknown) => Difference[];

/**
 * Compares only what a model cannot vary: how the call ended, which parts there are and of what kind, the finish reason,
 * the arithmetic of the usage, the error's kind, code and status, that there is a request id. Text is not compared.
 *
 * Of several expectations the closest counts.
 */
export function compareWeakly(allowed: readonly Expectation[], outcome: Outcome): Difference[] {
  const found = allowed.map((expect) => compareOne(expect, outcome));
  return found.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function compareOne(expect: Expectation, outcome: Outcome): Difference[] {
  const { ended, events = [], response, error } = outcome;
  if (expect.ended !== ended) {
    const why = error
      ? `${ended}: ${[error.kind, error.code, error.message].filter(Boolean).join(', ')}`
      : ended;
    return [{ path: 'ended', expected: expect.ended, actual: why }];
  }
  const completed = ended === 'completed';
  return [
    ...(completed ? compareResponse(expect, response) : compareError(expect.error, error)),
    ...checkEvents(events, completed && outcome.events !== undefined),
    ...(completed ? missingEvents(expect.events, events) : []),
  ];
}

function compareResponse(
  { response: stated, events }: Expectation,
  actual: Outcome['response'],
): Difference[] {
  if (!actual) return [{ path: 'response', expected: 'a response', actual }];
  const expected = stated ?? responseOf(events);
  return Object.entries(expected).flatMap(([member, value]) => {
    const compare = comparisons[member as keyof ExpectedResponse];
    if (!compare || value === undefined) return [];
    return compare(`response.${member}`, value, actual[member as keyof typeof actual]);
  });
}

/** What a response must hold when only its events are stated. */
function responseOf(events: readonly ExpectedEvent[] = []): ExpectedResponse {
  const text = events.some(({ type }) => type === 'text-delta') ? { text: 'text' } : {};
  const finish = events.find((event) => event.type === 'finish');
  return { ...text, requestId: { present: true }, ...(finish && { finishReason: finish.finishReason }) };
}

const present: Compare = (path, expected, actual) =>
  expected === null || !isMissing(actual) ? [] : [{ path, expected: 'some', actual }];

/** What each member of a response is compared for. Those that are not named vary. */
const comparisons: Partial<Record<keyof ExpectedResponse, Compare>> = {
  text: (path, expected, actual) =>
    expected === ''
      ? []
      : typeof actual === 'string'
        ? present(path, expected, actual)
        : notText(path, actual),
  reasoning: present,
  object: present,
  logprobs: present,
  requestId: present,
  model: present,
  finishReason: (path, expected, actual) =>
    allowedReasons(expected).includes(actual)
      ? []
      : [{ path, expected: allowedReasons(expected).join(' or '), actual }],
  toolCalls: compareToolCalls,
  usage: compareUsage,
};

/** An answer can always be longer than its limit; one that was to be cut cannot end by itself. */
function allowedReasons(expected: unknown): unknown[] {
  return expected === 'stop' ? ['stop', 'length'] : [expected];
}

function notText(path: string, actual: unknown): Difference[] {
  return [{ path, expected: 'text', actual }];
}

function compareToolCalls(path: string, expected: unknown, actual: unknown): Difference[] {
  const stated: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const calls: readonly unknown[] = Array.isArray(actual) ? actual : [];
  if (stated.length === 0) return calls.length === 0 ? [] : [{ path, expected: 'none', actual: calls }];
  if (calls.length === 0) return [{ path, expected: 'a tool call', actual: [] }];
  const names = stated.map((call) => (isRecord(call) ? call.name : undefined));
  return calls.flatMap((call, index) => {
    const { id, name, input } = isRecord(call) ? call : {};
    return [
      ...present(`${path}[${index}].id`, 'an id', id),
      ...present(`${path}[${index}].input`, 'arguments that parse', input),
      ...(names.includes(name)
        ? []
        : [{ path: `${path}[${index}].name`, expected: names.join(' or '), actual: name }]),
    ];
  });
}

/** Counts that are stated are present, and go together; their values are the service's. */
function compareUsage(path: string, expected: unknown, actual: unknown): Difference[] {
  const usage = isRecord(actual) ? actual : {};
  const {
    inputTokens = 0,
    outputTokens = 0,
    totalTokens,
    reasoningTokens = 0,
    cachedInputTokens = 0,
  } = usage;
  const differences = ['inputTokens', 'outputTokens', 'totalTokens', 'reasoningTokens']
    .filter((name) => isRecord(expected) && typeof expected[name] === 'number')
    .flatMap((name) => present(`${path}.${name}`, expected, usage[name]));
  if (totalTokens !== undefined && totalTokens !== Number(inputTokens) + Number(outputTokens)) {
    const sum = 'inputTokens and outputTokens together';
    differences.push({ path: `${path}.totalTokens`, expected: sum, actual: usage });
  }
  if (Number(reasoningTokens) > Number(outputTokens))
    differences.push({ path: `${path}.reasoningTokens`, expected: 'a part of outputTokens', actual: usage });
  if (Number(cachedInputTokens) > Number(inputTokens))
    differences.push({ path: `${path}.cachedInputTokens`, expected: 'a part of inputTokens', actual: usage });
  return differences;
}

function compareError(expected: ExpectedError = {}, actual: Outcome['error']): Difference[] {
  const { kind, code, status, requestId, retryable } = expected;
  return [
    ...(actual?.kind === kind ? [] : [{ path: 'error.kind', expected: kind, actual: actual?.kind }]),
    ...matchText('error.code', code, actual?.code),
    ...(typeof status !== 'number' || actual?.status === status
      ? []
      : [{ path: 'error.status', expected: status, actual: actual?.status }]),
    ...(retryable === undefined || actual?.retryable === retryable
      ? []
      : [{ path: 'error.retryable', expected: retryable, actual: actual?.retryable }]),
    ...(requestId === undefined ? [] : present('error.requestId', requestId, actual?.requestId)),
  ];
}

function matchText(path: string, expected: TextMatch | undefined, actual: unknown): Difference[] {
  if (expected === undefined || expected === null) return [];
  if (typeof expected === 'object' && 'lacks' in expected) return [];
  if (typeof expected === 'string') return expected === actual ? [] : [{ path, expected, actual }];
  return present(path, expected, actual);
}

/** Each kind of event that is stated comes at least once; how often, and how text is cut, is the service's. */
function missingEvents(
  expected: readonly ExpectedEvent[] = [],
  actual: Outcome['events'] = [],
): Difference[] {
  const types = new Set(actual.map(({ type }) => type));
  return [...new Set(expected.map(({ type }) => type))]
    .filter((type) => !types.has(type) && !mayBeMissing.has(type))
    .map((type) => ({ path: 'events', expected: type, actual: [...types] }));
}

/** What a service may have nothing of: pages found, and pieces of arguments beside the whole. */
const mayBeMissing: ReadonlySet<string> = new Set(['source', 'tool-call-delta']);

function isMissing(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
