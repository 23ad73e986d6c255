import type { TokenUsage, UsageLine } from './emulator.ts';

export const noTokens: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  reasoningTokens: 0,
  cachedInputTokens: 0,
  cacheCreationInputTokens: 0,
  cacheCreation5mInputTokens: 0,
  cacheCreation1hInputTokens: 0,
  imageTokens: 0,
  videoTokens: 0,
  audioTokens: 0,
  outputAudioTokens: 0,
  webSearches: 0,
  imageSearches: 0,
  codeInterpreterRuns: 0,
};

export interface CountedCall {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly model: string;
  /** `undefined` for a failed call, which is not billed. */
  readonly usage: TokenUsage | undefined;
}

/** Adds up what each workspace has used of each model. */
export class UsageCounter {
  #lines = new Map<string, UsageLine>();

  add({ workspace, model, usage }: CountedCall): void {
    const key = JSON.stringify([workspace.id, model]);
    const line = this.#lines.get(key) ?? {
      workspace: workspace.id,
      workspaceName: workspace.name,
      model,
      calls: 0,
      failedCalls: 0,
      ...noTokens,
    };
    this.#lines.set(key, {
      ...line,
      ...addTokens(line, usage ?? noTokens),
      calls: line.calls + (usage === undefined ? 0 : 1),
      failedCalls: line.failedCalls + (usage === undefined ? 1 : 0),
    });
  }

  lines(): readonly UsageLine[] {
    return [...this.#lines.values()];
  }

  clear(): void {
    this.#lines.clear();
  }
}

export function addTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  const names = Object.keys(noTokens) as (keyof TokenUsage)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Record<
    keyof TokenUsage,
    number
  >;
}
