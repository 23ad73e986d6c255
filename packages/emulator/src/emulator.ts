import type { HttpHandler } from 'msw';
import type { ReplyRule, ResolvedConfig } from './config.ts';
import type { KnownModel } from './models.ts';

export type WireName = 'openai-compatible' | 'dashscope';

/** Token counts of one or several calls, and what else is paid for. */
export interface TokenUsage {
  readonly inputTokens: number;
  /** Thinking included. */
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly reasoningTokens: number;
  /** Part of `inputTokens`. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens`. */
  readonly cacheCreationInputTokens: number;
  /** Part of `cacheCreationInputTokens`: the entry lives for five minutes. */
  readonly cacheCreation5mInputTokens: number;
  /** Part of `cacheCreationInputTokens`: the entry lives for an hour. */
  readonly cacheCreation1hInputTokens: number;
  /** Part of `inputTokens`. */
  readonly imageTokens: number;
  /** Part of `inputTokens`. */
  readonly videoTokens: number;
  /** Part of `inputTokens`. */
  readonly audioTokens: number;
  /** Part of `outputTokens`: what was spoken. */
  readonly outputAudioTokens: number;
  /** Built-in tools are paid for each use. */
  readonly webSearches: number;
  readonly imageSearches: number;
  readonly codeInterpreterRuns: number;
}

/** What one workspace has used of one model. Failed calls are counted, and use nothing. */
export interface UsageLine extends TokenUsage {
  /** The workspace's id. */
  readonly workspace: string;
  readonly workspaceName: string;
  readonly model: string;
  /** Calls that are on the bill. */
  readonly calls: number;
  readonly failedCalls: number;
}

/** One call on the bill, with all that its price depends on. */
export interface BillLine {
  readonly requestId: string;
  /** When the call arrived, in milliseconds since 1970. */
  readonly at: number;
  /** The workspace's id. */
  readonly workspace: string;
  readonly workspaceName: string;
  readonly model: string;
  readonly wire: WireName;
  readonly stream: boolean;
  /** A stream that its reader left is `cancelled`, and billed up to there. */
  readonly outcome: 'finished' | 'cancelled';
  /** Whether the model thought, for which some have a price of their own. */
  readonly thinking: boolean;
  /** Whether the request set cache markers, whose prices differ. */
  readonly explicitCache: boolean;
  readonly usage: TokenUsage;
}

/** One request that reached the emulator. Holds no key. */
export interface RequestRecord {
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** `undefined` for a path of neither wire. */
  readonly wire: WireName | undefined;
  /** Id of the key's workspace; `undefined` when the key is not known. */
  readonly workspace: string | undefined;
  readonly model: string | undefined;
  readonly stream: boolean;
  /** The request's body, parsed; its text when it is not JSON. */
  readonly body: unknown;
  /** Members of the body that the documentation does not name, such as `parameters.temprature`. */
  readonly unknownParameters: readonly string[];
  /** Of an error inside a stream, the error's own. */
  readonly status: number;
  /** The error's code; `undefined` for a success. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** A stream that its reader left is `cancelled`, and billed up to there. */
  readonly outcome: 'finished' | 'failed' | 'cancelled';
  readonly usage: TokenUsage | undefined;
  readonly durationMs: number;
}

export interface ListenOptions {
  /** A free one unless given. */
  readonly port?: number;
  /** `127.0.0.1` unless given: only this machine can call. */
  readonly host?: string;
  /** Host names that requests may be addressed to, beside this machine's own and `host`; numeric addresses need none. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may call, such as `http://localhost:5173`; none unless given. */
  readonly allowedOrigins?: readonly string[];
}

export interface RunningEmulator {
  /** Without a path, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  readonly host: string;
  /** Base URL of each wire. */
  readonly baseURLs: Readonly<Record<WireName, string>>;
  /** Stops listening and cuts the connections that are still open. */
  close(): Promise<void>;
}

export interface EmulatorOptions {
  /** Called when a call has ended, a stream's included. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** Origins that the MSW handlers answer beside the documented hosts, such as `http://gateway.test`. */
  readonly origins?: readonly string[];
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Ids of requests; random UUIDs unless given. */
  readonly createId?: () => string;
}

/** A Model Studio of one region, with its workspaces. */
export interface Emulator {
  readonly config: ResolvedConfig;
  readonly models: ReadonlyMap<string, KnownModel>;
  /** Answers a request to any host; may be given to a client in place of the platform's `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** MSW handlers for the service's documented hosts: `setupServer(...emulator.handlers)`. */
  readonly handlers: readonly HttpHandler[];
  /**
   * Serves the same over HTTP.
   * @throws Error with code `EADDRINUSE` when the port is taken.
   */
  listen(options?: ListenOptions): Promise<RunningEmulator>;
  /** The bill added up: one line per workspace and model that was called. */
  usage(): readonly UsageLine[];
  /** The bill: one line per call that was served, in the order in which they ended. Failed calls are not on it. */
  bill(): readonly BillLine[];
  /** The last 1000 requests that have ended, oldest first. */
  readonly requests: readonly RequestRecord[];
  /**
   * Adds rules in front of the others, until `reset`.
   * @throws EmulatorConfigError
   */
  use(...rules: readonly ReplyRule[]): void;
  /** Forgets added rules, usage, the bill, requests and limits. */
  reset(): void;
}
