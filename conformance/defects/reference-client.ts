// Long because it is a whole client: it asks, waits, reads, retries and gives up, each with the defects it may be given.
import { type Capabilities, type ChatEvent, capabilityKeys, type TimeoutLimit } from '@qwire/core';
import type { CaseCall } from '../src/case-schema.ts';
import type { ClientDriver, Surroundings } from '../src/driver.ts';
import { isRecord } from '../src/is-record.ts';
import type { ConformanceCase, LoadedExchange } from '../src/load-cases.ts';
import type { Outcome, OutcomeError } from '../src/outcome.ts';
import { createAnswer, NamelessCall, TruncatedAnswer } from './answer.ts';
import type { Defect } from './defects.ts';
import { Failure } from './failure.ts';
import { localFailure, lookedAt, readFailure, readFailureFrame, spoilAny } from './read-failure.ts';
import { createFrameReader, type Frame } from './read-frames.ts';
import { readPiece } from './read-piece.ts';
import { readVectors } from './read-vectors.ts';
import { readWhole } from './read-whole.ts';
import { writeRequest } from './write-request.ts';

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;

/**
 * A client that exists to be broken on purpose. What it sends, and what no reply can tell it (warnings, hints of
 * its own), it takes from the case; what a reply says it really reads. So it passes every sound case, and with a defect
 * it shows whether the case's checks bite.
 */
export function referenceClient(
  testCase: ConformanceCase,
  given: ReadonlySet<Defect> = new Set(),
): ClientDriver {
  // What the environment says can only win where it says something.
  const speaks = Object.keys(testCase.call.environment).length > 0;
  const defects = new Set([...given].filter((defect) => defect !== 'environment-wins' || speaks));
  return {
    name: 'reference',
    version: '0',
    wireFormat: testCase.wireFormat,
    supports,
    perform: (call, surroundings) => performCall(call, { testCase, defects, surroundings }),
  };
}

interface Context {
  readonly testCase: ConformanceCase;
  readonly defects: ReadonlySet<Defect>;
  readonly surroundings: Surroundings;
}

async function performCall(call: CaseCall, context: Context): Promise<Outcome> {
  const { testCase, defects, surroundings } = context;
  const events: ChatEvent[] = [];
  const withEvents = call.operation === 'stream' ? { events } : {};
  const [first] = testCase.exchanges;
  if (!first) return { ...(await refuse(call, context)), ...withEvents };
  try {
    if (defects.has('ignore-environment') && Object.keys(call.environment).length > 0) {
      throw new Failure({ kind: 'configuration' });
    }
    let outcome: Outcome | undefined;
    let earliest: OutcomeError | undefined;
    for (const [position, exchange] of testCase.exchanges.entries()) {
      try {
        outcome = await tryOnce(exchange, { ...context, call, events });
        break;
      } catch (error) {
        const failure = toFailure(error, context);
        const elsewhere = isWrongPath(failure) && !defects.has('never-other-path');
        const more = position < testCase.exchanges.length - 1;
        const allowed = !defects.has('options-of-the-call-ignored') || call.client.maxRetries > 0;
        const again = (failure.retryable || elsewhere) && more && allowed;
        const never = events.length > 0 || defects.has('never-retry') || !again;
        earliest ??= failure;
        const over = failure.retryable && !more && position > 0 && defects.has('retries-once-more');
        const restarts = failure.retryable && events.length > 0 && defects.has('retry-after-text');
        if (over || restarts || (!failure.retryable && defects.has('retry-unretryable')))
          await tryOnce(exchange, { ...context, call, events });
        if (never) throw new Failure(defects.has('first-error-wins') ? earliest : failure);
      }
    }
    return { ...(outcome ?? { ended: 'failed' }), ...withEvents };
  } catch (error) {
    const failure = toFailure(error, context);
    if (defects.has('events-before-error-lost')) events.length = 0;
    const aborted = surroundings.signal.aborted || failure.kind === 'aborted';
    return { ended: aborted ? 'cancelled' : 'failed', error: failure, ...withEvents };
  }
}

/** The service does not say which path would be the right one, but there are two. */
function isWrongPath({ message = '' }: OutcomeError): boolean {
  return /url error/i.test(message);
}

const somewhere = 'https://dashscope-intl.aliyuncs.com/';

/** What a client does when it must not send anything. */
async function refuse(call: CaseCall, { testCase, defects, surroundings }: Context): Promise<Outcome> {
  const { ended = 'failed', error = {} } = testCase.expect;
  const sends = defects.has('send-before-check') || defects.has('guess-region');
  if (sends || (call.cancel && defects.has('ignore-abort'))) {
    const url = surroundings.baseURL?.startsWith('http://127.0.0.1:') ? surroundings.baseURL : somewhere;
    await fetch(url, { method: 'POST', body: '{}' }).catch(() => {});
  }
  const refusal = localFailure({ kind: error.kind ?? 'configuration' }, error);
  return { ended, error: spoilAny(refusal, { defects, apiKey: keyOf(call, defects) }) };
}

function toFailure(error: unknown, context: Context): OutcomeError {
  const { testCase, defects } = context;
  return spoilAny(describeFailure(error, context), { defects, apiKey: keyOf(testCase.call, defects) });
}

function describeFailure(error: unknown, { testCase, surroundings, defects }: Context): OutcomeError {
  const expected = testCase.expect.error;
  if (error instanceof Failure) return error.error;
  if (surroundings.signal.aborted && !defects.has('ignore-abort'))
    return localFailure({ kind: 'aborted' }, expected);
  if (error instanceof NamelessCall) return localFailure({ kind: 'invalid-response' }, expected);
  if (error instanceof TruncatedAnswer)
    return localFailure({ kind: 'invalid-response', retryable: true }, expected);
  if (
    error instanceof TypeError &&
    /fetch failed|terminated|cuts the connection|network/i.test(error.message)
  ) {
    return localFailure({ kind: 'connection', retryable: true }, expected);
  }
  return { kind: 'crash', message: String(error) };
}

interface TryContext extends Context {
  readonly call: CaseCall;
  readonly events: ChatEvent[];
}

async function tryOnce(exchange: LoadedExchange, context: TryContext): Promise<Outcome> {
  const { call, defects, testCase, surroundings } = context;
  const limits = createLimits(context);
  const own = new AbortController();
  const giveUp = () => own.abort(surroundings.signal.reason);
  if (!defects.has('ignore-abort')) {
    if (surroundings.signal.aborted) giveUp();
    surroundings.signal.addEventListener('abort', giveUp);
  }
  const send = () => fetchReply(exchange, context, own.signal);
  try {
    const headLimit = call.operation === 'stream' ? 'connectMs' : 'firstEventMs';
    if (defects.has('send-twice'))
      await limits.within(headLimit, send()).then(
        (reply) => reply.body?.cancel(),
        () => {},
      );
    const response = await limits.within(headLimit, send());
    const context2 = {
      ...context,
      headers: response.headers,
      apiKey: keyOf(call, defects),
      workspace: call.client.workspaceId,
    };
    const failing = { ...context2, wire: testCase.wireFormat, expected: testCase.expect.error };
    if (response.status >= 300 && response.status < 400) {
      throw new Failure(
        localFailure({ kind: 'invalid-response', status: response.status }, testCase.expect.error),
      );
    }
    if (response.status >= 400) {
      const status = call.operation === 'stream' && defects.has('status-always-400') ? 400 : response.status;
      throw new Failure(readFailure(await limits.within('idleMs', response.text()), status, failing));
    }
    if (call.operation === 'embed')
      return readVectors(await limits.within('idleMs', response.text()), {
        ...failing,
        status: response.status,
      });
    if (call.operation === 'chat')
      return readChat(await limits.within('idleMs', response.text()), {
        ...failing,
        status: response.status,
      });
    return await readStream(response, failing, limits, own);
  } catch (error) {
    if (!defects.has('leak-connection-on-leave')) own.abort();
    throw error;
  } finally {
    surroundings.signal.removeEventListener('abort', giveUp);
    limits.stop();
  }
}

function fetchReply(
  exchange: LoadedExchange,
  { testCase, defects, surroundings, call }: TryContext,
  signal: AbortSignal,
) {
  const { baseURL } = surroundings;
  const onLoopback = baseURL?.startsWith('http://127.0.0.1:');
  const origin = onLoopback ? baseURL?.split('/').slice(0, 4).join('/') : undefined;
  const { url, ...init } = writeRequest(exchange.request, testCase, {
    origin,
    apiKey: keyOf(call, defects),
    defects,
  });
  return fetch(url, { ...init, signal, redirect: defects.has('follow-redirects') ? 'follow' : 'manual' });
}

function keyOf({ client, environment }: CaseCall, defects: ReadonlySet<Defect>): string | undefined {
  const { DASHSCOPE_API_KEY: fromEnvironment } = environment;
  if (defects.has('environment-wins')) return fromEnvironment ?? client.apiKey ?? undefined;
  return client.apiKey ?? fromEnvironment;
}

type ReadContext = TryContext & Parameters<typeof readFailureFrame>[1];

function readChat(text: string, context: ReadContext & { readonly status: number }): Outcome {
  const { testCase } = context;
  const { answer, others } = readWhole(text, context);
  answer.end();
  const choices = [answer, ...others].map((each) => each.response());
  const response = { ...answer.response(), choices } as NonNullable<Outcome['response']>;
  return { ended: 'completed', response: withObject(withScripted(response, testCase), context) };
}

/** The text as JSON, where the call asks for JSON. */
function withObject(
  response: NonNullable<Outcome['response']>,
  { call, testCase, defects }: ReadContext,
): NonNullable<Outcome['response']> {
  const { responseFormat: format } = call.request;
  const asked = format !== undefined && format !== 'text' && response.toolCalls?.length === 0;
  if (!asked || defects.has('object-dropped')) return response;
  const object = parseJson(response.text ?? '');
  if (object !== undefined) return { ...response, object };
  if (defects.has('json-cut-unnoticed') && response.finishReason === 'length') return response;
  throw new Failure(localFailure({ kind: 'invalid-response', text: response.text }, testCase.expect.error));
}

/** What no reply can say: what the client warned of when it wrote the request. */
function withScripted(
  response: NonNullable<Outcome['response']>,
  { expect }: ConformanceCase,
): NonNullable<Outcome['response']> {
  const warnings = (expect.response?.warnings ?? []).map(({ field, message }) => ({
    ...localFailure({ kind: 'configuration' }, { field, message }),
    message:
      typeof message === 'object' && message && 'contains' in message
        ? message.contains
        : String(message ?? 'changed'),
  }));
  return {
    ...response,
    warnings: warnings.map(({ field, message }) => (field === undefined ? { message } : { field, message })),
  };
}

async function readStream(
  response: Response,
  context: ReadContext,
  limits: Limits,
  own: AbortController,
): Promise<Outcome> {
  const { testCase, defects, call, events, surroundings } = context;
  const cumulative = isRecord(call.request.extra) && call.request.extra.incremental_output === false;
  let answer = createAnswer({ model: String(call.request.model), defects, cumulative });
  const frames = createFrameReader(defects);
  if (defects.has('content-type-required') && !response.headers.get('content-type')?.includes('event-stream'))
    throw new Failure(localFailure({ kind: 'invalid-response' }, testCase.expect.error));
  const reader = response.body?.getReader();
  let atStart = true;
  let done = false;
  let isSigned = false;
  let left = false;

  while (!done) {
    const first = events.length === 0 ? limits.within('firstEventMs', readChunk()) : readChunk();
    const bytes = await limits.within('idleMs', first);
    // No frame begins like that: it is a JSON body in place of a stream.
    if (atStart && bytes && /^\uFEFF?\{/.test(Buffer.from(bytes).toString())) {
      const whole = readWhole(await readRest(bytes), { ...context, status: response.status });
      answer = whole.answer;
      whole.events.some(tell);
      break;
    }
    atStart = false;
    for (const frame of bytes === undefined ? frames.end() : frames.push(bytes)) {
      if (!done && takeFrame(frame)) break;
    }
    done ||= bytes === undefined || defects.has('first-chunk-only');
    if (left) break;
  }
  if (left) {
    if (!defects.has('leak-connection-on-leave')) await reader?.cancel();
    return { ended: 'cancelled', error: localFailure({ kind: 'aborted' }, testCase.expect.error) };
  }
  if (!isSigned && testCase.wireFormat === 'openai-compatible' && defects.has('done-required'))
    throw new TruncatedAnswer();
  for (const event of answer.end()) if (tell(event)) break;
  void reader?.cancel().catch(() => {});
  own.abort();
  return { ended: 'completed', response: withObject(withScripted(answer.response(), testCase), context) };

  async function readRest(start: Uint8Array): Promise<string> {
    const chunks = [start];
    for (let bytes = await readChunk(); bytes; bytes = await readChunk()) chunks.push(bytes);
    return Buffer.concat(chunks).toString();
  }

  async function readChunk(): Promise<Uint8Array | undefined> {
    try {
      return (await reader?.read())?.value;
    } catch (error) {
      if (defects.has('swallow-disconnect') && !surroundings.signal.aborted) return undefined;
      throw error;
    }
  }

  /** Whether reading ends here. */
  function takeFrame(frame: Frame): boolean {
    if (frame.data === '[DONE]' && !defects.has('done-is-a-frame')) {
      done = true;
      isSigned = true;
      return true;
    }
    const failure = readFailureFrame(frame, context);
    if (failure) throw new Failure(failure);
    if (frame.data === '' || frame.event === 'error' || frame.event.trim() === 'error') return false;
    const body = parseJson(frame.data);
    if (!isRecord(body)) throw new Failure(localFailure({ kind: 'invalid-response' }, testCase.expect.error));
    const isAnswer = (body.output ?? body.choices ?? body.usage) !== undefined;
    if (!isAnswer) {
      if (defects.has('unknown-event-throws')) throw new TypeError(`No such event: ${frame.event}`);
      return false;
    }
    const piece = readPiece(body, testCase.wireFormat, defects);
    const requestId = piece.requestId ?? lookedAt(context).get('x-request-id') ?? undefined;
    const text = piece.finishReason && defects.has('text-beside-finish-dropped') ? '' : piece.text;
    return answer.add({ ...piece, text, requestId }).some(tell);
  }

  /** Whether the caller leaves after this event. */
  function tell(event: ChatEvent): boolean {
    events.push(event);
    left = surroundings.received() === 'leave';
    if (surroundings.signal.aborted && !defects.has('ignore-abort')) throw new Error('aborted');
    return left;
  }
}

interface Limits {
  within<Result>(limit: TimeoutLimit, work: Promise<Result>): Promise<Result>;
  stop(): void;
}

function createLimits({ call, defects, testCase }: TryContext): Limits {
  const timeouts = defects.has('ignore-time-limits')
    ? {}
    : { ...call.client.timeouts, ...(!defects.has('options-of-the-call-ignored') && call.options.timeouts) };
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const total = expire('totalMs');
  return {
    async within(limit, work) {
      work.catch(() => {});
      return Promise.race([work, expire(limit), total]);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };

  /** Fails when the limit runs out. */
  function expire(timeout: TimeoutLimit): Promise<never> {
    const { [timeout]: ms } = timeouts;
    const expired = new Promise<never>((_, reject) => {
      if (ms === undefined) return;
      const error = localFailure({ kind: 'timeout', timeout }, testCase.expect.error);
      timers.add(setTimeout(() => reject(new Failure(error)), ms));
    });
    expired.catch(() => {});
    return expired;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
