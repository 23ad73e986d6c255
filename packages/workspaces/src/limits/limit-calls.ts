import type { CallResult, FailedTry, Interceptor, Next } from '@qwire/core';
import { checkMembers, invalid, QwireError } from '@qwire/core/adapter-kit';
import { boundEmbedTokens, boundInputTokens } from '../cost/bound-input-tokens.ts';
import { matchesModel } from '../cost/matches-model.ts';
import { endingOf } from '../ledger/ending.ts';
import { watchEvents } from '../ledger/watch-events.ts';
import { isModelCall, type ModelCall, modelResult } from '../model-call.ts';
import { type CallLimit, checkLimits, minuteMs } from './call-limit.ts';
import { type Asking, createLane, type Lane, type LaneLimit, type Turn } from './lane.ts';
import { createSharedCounter } from './shared-counter.ts';
import { isTimeLimit, sleep, timeLimitWords } from './sleep.ts';
import { createSlidingWindow } from './sliding-window.ts';

export interface LimitCallsOptions {
  /** Whose calls they are; part of the key under which a shared limiter counts. */
  readonly workspace: string;
  /** None unless given: then calls only wait for what was learned from refusals. */
  readonly limits?: readonly CallLimit[];
  /**
   * How long a try waits for its turn at most; two minutes unless given. Then it is refused, if a limit forbids it; if only
   * what was learned holds it back, it is sent.
   */
  readonly maxWaitMs?: number;
  /**
   * Tokens that a call may use, reserved until its usage is reported; the bound of its input unless given, which is several
   * times what text needs and so has room for an answer. A call that it cannot tell counts when its usage is reported.
   */
  readonly estimateTokens?: (call: ModelCall) => number | undefined;
  /** Receives what went wrong with a shared limiter, whose calls go on without it; `console.error` unless given. */
  readonly onError?: (error: unknown) => void;
  /** How long a call waits for the answer of a shared limiter; 10 s unless given. Then `onError` is called. */
  readonly storeTimeoutMs?: number;
}

type Settings = Required<LimitCallsOptions>;

/**
 * Keeps the requests and tokens of a workspace's calls to each model within limits. Calls that exceed one wait for their
 * turn: first come, first served. Calls that are repeated count again, and keep their place.
 *
 * Learns from the service's refusals of kind `rate-limited`: calls to that model pause, and go on more slowly.
 *
 * Put it before `recordUsage` in the list of interceptors, so that calls that wait hold no budget. Clients that are given
 * the same interceptor share its limits.
 *
 * @throws QwireError of kind `configuration` that names the option that is wrong. The calls throw kind `rate-limited`,
 * without a status, when they were not sent.
 */
export function limitCalls(options: LimitCallsOptions): Interceptor {
  const settings = resolve(options);
  const lanes = new Map<string, Lane>();
  let arrivals = 0;

  return (next) => (call) => {
    // What is aborted is refused by core; and what calls no model, the service counts elsewhere.
    if (call.options.signal?.aborted || !isModelCall(call)) return next(call);
    const lane = laneOf(call.request.model);
    arrivals += 1;
    return send(call, next, {
      lane,
      order: arrivals,
      tokens: lane.countsTokens ? estimate(call, settings) : 0,
    });
  };

  function laneOf(model: string): Lane {
    const id = model.toLowerCase();
    const lane = lanes.get(id) ?? openLane(id, settings);
    lanes.set(id, lane);
    return lane;
  }
}

async function send(
  call: ModelCall,
  next: Next,
  { lane, ...asking }: Omit<Asking, 'signal'> & { readonly lane: Lane },
): Promise<CallResult> {
  const { signal } = call.options;
  let turn: Turn = await lane.turn({ ...asking, signal }).catch((error: unknown) => {
    throw signal?.aborted ? aborted(signal.reason) : error;
  });

  try {
    const result = modelResult(await next({ ...call, options: { ...call.options, beforeRetry } }));
    turn.answered();
    if (result.operation === 'stream') {
      return { ...result, events: watchEvents(result, async (ending) => turn.end(ending)) };
    }
    const { usage, requestId } = result.response;
    turn.end({ outcome: 'completed', usage, requestId });
    return result;
  } catch (error) {
    end(error);
    throw error;
  }

  /** The next try of the call waits for its turn as the first did. */
  async function beforeRetry(failed: FailedTry): Promise<void> {
    end(failed.error);
    await Promise.all([call.options.beforeRetry?.(failed), sleep(failed.delayMs, failed)]);
    turn = await lane.turn({ ...asking, signal: failed.signal }).catch((error: unknown) => {
      // What the service said is worth more than that there was no other try.
      throw failed.signal.aborted ? error : failed.error;
    });
  }

  function end(error: unknown): void {
    turn.end(endingOf(error), QwireError.is(error) ? error.retryAfterMs : undefined);
  }
}

function openLane(model: string, settings: Settings): Lane {
  const { workspace, limits, maxWaitMs, onError, storeTimeoutMs } = settings;
  const fitting = limits.filter(({ models }) => matchesModel(models, model));
  return createLane({
    workspace,
    model,
    maxWaitMs,
    // Requests first: they are the smaller loss when there is no room for the tokens.
    limits: (['requests', 'tokens'] as const).flatMap((unit) =>
      fitting.flatMap((limit) => laneLimit(limit, unit)),
    ),
  });

  function laneLimit(limit: CallLimit, unit: LaneLimit['unit']): readonly LaneLimit[] {
    const { [unit]: most, windowMs = minuteMs } = limit;
    if (most === undefined) return [];
    if (typeof most === 'number') {
      const counter = createSlidingWindow({ limit: most, windowMs });
      return [{ unit, words: `${most} ${unit} in ${windowMs / 1_000} s`, counter }];
    }
    const key = `${workspace}:${model}:${unit}`;
    const counter = createSharedCounter({ limiter: most, key, onError, storeTimeoutMs });
    return [{ unit, words: `the ${unit} that its processes share`, counter }];
  }
}

function estimate(call: ModelCall, { estimateTokens }: Settings): number {
  const tokens = estimateTokens(call) ?? 0;
  if (!(tokens >= 0 && tokens < Number.POSITIVE_INFINITY)) {
    throw invalid('estimateTokens', 'must return a number of tokens, or undefined', 'configuration');
  }
  // Of unknown calls one token counts, so that they too wait while there is no room at all.
  return Math.max(1, Math.ceil(tokens));
}

function boundTokens(call: ModelCall): number | undefined {
  return call.operation === 'embed' ? boundEmbedTokens(call.request) : boundInputTokens(call.request);
}

const members = ['workspace', 'limits', 'maxWaitMs', 'estimateTokens', 'onError', 'storeTimeoutMs'];

function resolve(options: LimitCallsOptions): Settings {
  checkMembers(options, members, { field: '', kind: 'configuration' });
  const { workspace, limits = [], maxWaitMs = 2 * minuteMs, storeTimeoutMs = 10_000 } = options;
  const { estimateTokens = boundTokens, onError = printError } = options;
  expectThat(typeof workspace === 'string' && workspace !== '', 'workspace', 'be a name');
  expectThat(maxWaitMs >= 0, 'maxWaitMs', 'be a number of milliseconds from 0, or Infinity');
  expectThat(isTimeLimit(storeTimeoutMs), 'storeTimeoutMs', `be ${timeLimitWords}`);
  expectThat(typeof estimateTokens === 'function', 'estimateTokens', 'be a function');
  expectThat(typeof onError === 'function', 'onError', 'be a function');
  checkLimits(limits);
  return { workspace, limits, maxWaitMs, estimateTokens, onError, storeTimeoutMs };
}

function expectThat(holds: boolean, member: string, problem: string): void {
  if (!holds) throw invalid(member, `must ${problem}`, 'configuration');
}

function aborted(reason: unknown): QwireError {
  return new QwireError('The call was aborted', { kind: 'aborted', cause: reason });
}

function printError(error: unknown): void {
  console.error('qwire: a shared limiter could not be asked, and the call is sent without it', error);
}
