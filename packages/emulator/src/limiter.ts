import type { ResolvedConfig } from './config.ts';
import { matchesModel } from './models.ts';
import { documented } from './refusal.ts';

interface Spent {
  readonly at: number;
  tokens: number;
}

/** Holds workspaces to their limits of requests and tokens, each model for itself. */
export class Limiter {
  #spent = new Map<string, Spent[]>();

  /**
   * Lets a call in and gives what to call with its tokens when it has ended.
   * @throws Refusal 429
   */
  enter(
    workspace: ResolvedConfig['workspaces'][number],
    model: string,
    at: number,
  ): (tokens: number) => void {
    const key = JSON.stringify([workspace.id, model]);
    const calls = this.#spent.get(key) ?? [];
    for (const { models, requests, tokens, windowMs = 60_000, burst = false } of workspace.limits ?? []) {
      if (!matchesModel(models, model)) continue;
      const recent = calls.filter((call) => call.at > at - windowMs);
      if (requests !== undefined && recent.length >= requests)
        throw documented(burst ? 'burst-rate' : 'rate-quota');
      const used = recent.reduce((sum, call) => sum + call.tokens, 0);
      if (tokens !== undefined && used >= tokens) throw documented('allocation-quota');
    }
    const call = { at, tokens: 0 };
    if (workspace.limits !== undefined) this.#spent.set(key, [...calls, call]);
    return (tokens) => {
      call.tokens = tokens;
    };
  }

  clear(): void {
    this.#spent.clear();
  }
}
