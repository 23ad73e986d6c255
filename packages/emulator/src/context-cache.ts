import { createHash } from 'node:crypto';
import type { CallPart, ChatCall } from './chat-call.ts';
import type { TokenUsage } from './emulator.ts';
import { countTokens, mediaTokens } from './tokens.ts';

/** What a call finds in the cache and leaves there, in tokens of its input. */
export interface CacheUse
  extends Pick<
    TokenUsage,
    'cachedInputTokens' | 'cacheCreation5mInputTokens' | 'cacheCreation1hInputTokens'
  > {
  /** Called when the answer was given: only then its entries can be found. */
  readonly keep: () => void;
}

interface Entry {
  readonly lifetimeMs: number;
  expiresAt: number;
}

/** The input up to the end of one part. */
interface Prefix {
  /** Stands for the model and all that was said up to here. */
  readonly key: string;
  readonly tokens: number;
  readonly lifetime: string | undefined;
}

/** Below it nothing is kept. */
const leastTokens = 1024;
/** With more markers than these, only the last ones count. */
const mostMarkers = 4;
/** How many parts before a marker an entry may end. */
const partsBack = 20;

/**
 * The prefixes that markers ask to keep. What the service keeps of itself, without markers, is not imitated.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/context-cache
 */
export class ContextCache {
  readonly #entries = new Map<string, Entry>();

  use(call: ChatCall, now: number): CacheUse {
    const prefixes = readPrefixes(call);
    const markers = prefixes
      .flatMap(({ lifetime }, index) => (lifetime === undefined ? [] : [index]))
      .slice(-mostMarkers);
    const found = Math.max(-1, ...markers.map((marker) => this.#longest(prefixes, marker, now)));
    const cachedInputTokens = prefixes[found]?.tokens ?? 0;
    const created = markers
      .filter((marker) => marker > found)
      .flatMap((marker) => prefixes[marker] ?? [])
      .filter(({ tokens }) => tokens >= leastTokens);
    const tokensOf = (hour: boolean) =>
      created.reduce((sum, { tokens, lifetime }, index) => {
        const before = created[index - 1]?.tokens ?? cachedInputTokens;
        return (lifetime === '1h') === hour ? sum + tokens - before : sum;
      }, 0);
    this.#renew(prefixes[found], now);
    return {
      cachedInputTokens,
      cacheCreation5mInputTokens: tokensOf(false),
      cacheCreation1hInputTokens: tokensOf(true),
      keep: () => {
        for (const { key, lifetime } of created) {
          const lifetimeMs = (lifetime === '1h' ? 60 : 5) * 60_000;
          this.#entries.set(key, { lifetimeMs, expiresAt: now + lifetimeMs });
        }
      },
    };
  }

  clear(): void {
    this.#entries.clear();
  }

  #longest(prefixes: readonly Prefix[], marker: number, now: number): number {
    const lives = ({ key }: Prefix) => (this.#entries.get(key)?.expiresAt ?? 0) > now;
    const found = prefixes.slice(0, marker + 1).findLastIndex(lives);
    return found < marker - partsBack ? -1 : found;
  }

  #renew(prefix: Prefix | undefined, now: number): void {
    const entry = prefix && this.#entries.get(prefix.key);
    if (entry) entry.expiresAt = now + entry.lifetimeMs;
  }
}

// The tools come first. Entries are of one account, to which all workspaces belong, and of one model.
function readPrefixes({ model, tools, messages }: ChatCall): readonly Prefix[] {
  let key = hash(model.id, JSON.stringify(tools));
  let tokens = tools.length === 0 ? 0 : countTokens(JSON.stringify(tools));
  return messages.flatMap(({ role, content = '', toolCalls }) => {
    const parts: readonly CallPart[] =
      typeof content === 'string' ? [{ type: 'text', text: content, cache: undefined }] : content;
    key = hash(key, role, JSON.stringify(toolCalls));
    tokens += countTokens(toolCalls.map((made) => made.name + made.arguments).join(''));
    return parts.map(({ cache, ...part }) => {
      key = hash(key, JSON.stringify(part));
      tokens += part.type === 'text' ? countTokens(part.text) : mediaTokens[part.type];
      return { key, tokens, lifetime: cache };
    });
  });
}

function hash(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}
