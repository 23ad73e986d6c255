import type { ApiKey } from '@qwire/core';
import { Secret } from '@qwire/core/adapter-kit';
import { longestTimerMs } from '../limits/sleep.ts';

/**
 * What a key begins with: `sk-` pay as you go, `sk-sp-` a plan's, `st-` one for minutes. `other` is what no key of the
 * service begins with; a gateway may give out such.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/get-api-key
 */
export type KeyForm = 'pay-as-you-go' | 'plan' | 'temporary' | 'other';

/** What can be said of a key without showing it to anybody. */
export type InspectedKey =
  | { readonly state: 'usable'; readonly form: KeyForm }
  | { readonly state: 'missing' | 'malformed' | 'unknown'; readonly problem: string };

interface Patience {
  /** How long the source may take. */
  readonly limitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at the key that the source gives now. The key itself is not kept, nor any part of it. */
export async function inspectKey(source: ApiKey, patience: Patience = {}): Promise<InspectedKey> {
  let given: unknown;
  try {
    const answer = typeof source === 'function' ? await soon(async () => source(), patience) : source;
    given = Secret.is(answer) ? answer.reveal() : answer;
  } catch (error) {
    if (error === ended) return { state: 'unknown', problem: 'The check was ended before.' };
    const what = error === late ? `gave nothing within ${patience.limitMs} ms` : 'failed';
    return { state: 'missing', problem: `The function that returns the key ${what}.` };
  }
  if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) {
    return { state: 'missing', problem: 'The source of the key gave nothing.' };
  }
  if (typeof given !== 'string')
    return { state: 'malformed', problem: 'The source of the key gave no text.' };
  const key = given.trim();
  const problem = mistakes.find(([pattern]) => pattern.test(key))?.[1];
  return problem === undefined ? { state: 'usable', form: formOf(key) } : { state: 'malformed', problem };
}

const late = Symbol('took too long');
const ended = Symbol('ended by the caller');

/** What a source gives, unless that takes too long or nobody waits any more. */
function soon<T>(read: () => Promise<T>, { limitMs, signal }: Patience): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(ended);
    if (signal?.aborted) return stop();
    const timer =
      limitMs !== undefined && limitMs <= longestTimerMs
        ? setTimeout(() => reject(late), limitMs)
        : undefined;
    signal?.addEventListener('abort', stop, { once: true });
    void read()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      });
  });
}

/** Mistakes that are made while copying, the telling ones first. */
const mistakes: readonly (readonly [pattern: RegExp, problem: string])[] = [
  [/^["'`“].*["'`”]$/s, 'It stands in quotes.'],
  [/^Bearer\s/i, 'It begins with "Bearer", which is added when it is sent.'],
  [/\s/, 'It holds a space or a line end.'],
  [/[^\x21-\x7e]/, 'It holds characters that no key has.'],
  [/^(sk|st)-(x{3,}|your[-_]|<|\.{3})/i, 'It is the placeholder of a sample.'],
  [/\*{2,}|\.{3}$/, 'It is the shortened form that the console shows.'],
  [/^\$|^DASHSCOPE_/, 'It is the name of a variable, not its value.'],
];

function formOf(key: string): KeyForm {
  if (key.startsWith('sk-sp-')) return 'plan';
  if (key.startsWith('sk-')) return 'pay-as-you-go';
  return key.startsWith('st-') ? 'temporary' : 'other';
}
