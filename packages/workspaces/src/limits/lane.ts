import { QwireError } from '@qwire/core/adapter-kit';
import type { Ending } from '../ledger/ending.ts';
import { type Counter, isRefused, type Refused, type Taken } from './counter.ts';
import { createLine } from './line.ts';
import { createPace } from './pace.ts';
import { sleep, startTimer } from './sleep.ts';
import { tokensOf } from './tokens-of.ts';

/** One limit that holds for a model of a workspace. */
export interface LaneLimit {
  readonly unit: 'requests' | 'tokens';
  /** For people, such as `60 requests in 60 s`. */
  readonly words: string;
  readonly counter: Counter;
}

/** Where the calls of one workspace to one model wait for their turn. */
export interface Lane {
  /** Whether tokens are counted, and so have to be estimated. */
  readonly countsTokens: boolean;
  /**
   * Waits until a try may be sent, and counts it.
   * @throws QwireError of kind `rate-limited` when it waited too long; the signal's reason when that is aborted.
   */
  turn(asking: Asking): Promise<Turn>;
}

export interface Asking {
  /** When the call came, among others. */
  readonly order: number;
  /** What the try may use. */
  readonly tokens: number;
  readonly signal: AbortSignal | undefined;
}

/** A try that is sent. */
export interface Turn {
  /** The service takes the try. */
  answered(): void;
  /** What was used is known now, or why nothing was. Only the first ending counts. */
  end(ending: Ending, retryAfterMs?: number): void;
}

interface LaneOptions {
  readonly workspace: string;
  readonly model: string;
  readonly limits: readonly LaneLimit[];
  readonly maxWaitMs: number;
}

interface Holding {
  readonly unit: LaneLimit['unit'];
  readonly taken: Taken;
}

const tooLong = Symbol('waited too long');

export function createLane({ workspace, model, limits, maxWaitMs }: LaneOptions): Lane {
  const line = createLine();
  const pace = createPace();
  /** Whoever is first in line looks again. */
  let wake = () => {};

  return { countsTokens: limits.some(({ unit }) => unit === 'tokens'), turn };

  function turn(asking: Asking): Promise<Turn> {
    return abortable(asking.signal, waitForTurn(asking));
  }

  async function waitForTurn(asking: Asking): Promise<Turn> {
    const { signal, close } = createPatience(asking.signal, maxWaitMs);
    try {
      const place = { order: asking.order, signal, onOvertaken: () => wake() };
      return await line.enter(place, () => takeOrWait({ ...asking, signal }));
    } catch (reason) {
      if (reason !== tooLong) throw reason;
      return await takeNow(asking);
    } finally {
      close();
    }
  }

  async function takeOrWait({
    tokens,
    signal,
  }: Asking & { readonly signal: AbortSignal }): Promise<Turn | undefined> {
    const paceMs = pace.waitMs();
    const answer = paceMs > 0 ? { waitMs: paceMs } : await take(tokens);
    if (!('waitMs' in answer)) return begin(answer, signal);
    await sleep(answer.waitMs, {
      signal,
      onSleep: (end) => {
        wake = end;
      },
    });
    return undefined;
  }

  /** What was learned delays calls, but makes none fail: whoever has waited long enough need not heed it. */
  async function takeNow({ tokens, signal }: Asking): Promise<Turn> {
    const answer = await take(tokens);
    if ('waitMs' in answer) throw waitedTooLong(answer.limit);
    return begin(answer, signal);
  }

  /** Takes of each limit, or of none. */
  async function take(
    tokens: number,
  ): Promise<readonly Holding[] | (Refused & { readonly limit: LaneLimit })> {
    const holdings: Holding[] = [];
    for (const limit of limits) {
      const { unit, counter } = limit;
      const answer = await counter.take(unit === 'requests' ? 1 : tokens);
      if (isRefused(answer)) {
        await giveBack(holdings);
        return { ...answer, limit };
      }
      holdings.push({ unit, taken: answer });
    }
    return holdings;
  }

  async function giveBack(holdings: readonly Holding[]): Promise<void> {
    await Promise.all(holdings.map(({ taken }) => taken.correct(0)));
  }

  async function begin(holdings: readonly Holding[], signal: AbortSignal | undefined): Promise<Turn> {
    // An engine may have taken its time.
    if (signal?.aborted && signal.reason !== tooLong) {
      await giveBack(holdings);
      throw signal.reason;
    }
    const startedAt = pace.started();
    let hasEnded = false;
    return {
      answered: () => pace.answered(startedAt),
      end(ending, retryAfterMs) {
        if (hasEnded) return;
        hasEnded = true;
        if (ending.error?.kind === 'rate-limited' && !ending.isUnsent) pace.refused(startedAt, retryAfterMs);
        void correct(holdings, ending);
      },
    };
  }

  async function correct(holdings: readonly Holding[], ending: Ending): Promise<void> {
    const tokens = ending.isUnsent || ending.isFree ? 0 : tokensOf(ending.usage);
    const used = { requests: ending.isUnsent ? 0 : 1, tokens };
    // The call has ended: what goes wrong, and an onError that throws, has nobody to be told to.
    await Promise.allSettled(
      holdings.map(({ unit, taken }) => {
        const amount = used[unit];
        // Tokens that were not reported stay reserved.
        return amount === undefined ? undefined : taken.correct(amount);
      }),
    );
    wake();
  }

  function waitedTooLong({ words }: LaneLimit): QwireError {
    return new QwireError(
      `The call waited ${maxWaitMs} ms for its turn: workspace "${workspace}" may send "${model}" no more than ${words}`,
      {
        kind: 'rate-limited',
        workspace,
        retryable: true,
        hint: 'Nothing was sent. Raise maxWaitMs, raise the limit if the service grants more, or make fewer calls at once.',
      },
    );
  }
}

/** A signal that is aborted with the caller's, and when the wait is too long. */
function createPatience(caller: AbortSignal | undefined, maxWaitMs: number) {
  const controller = new AbortController();
  const onAbort = () => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener('abort', onAbort, { once: true });
  const timer = startTimer(maxWaitMs, () => controller.abort(tooLong));
  const close = () => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', onAbort);
  };
  return { signal: controller.signal, close };
}

/** Rejects as soon as the signal is aborted, however long the work still takes. */
function abortable<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
  });
}
