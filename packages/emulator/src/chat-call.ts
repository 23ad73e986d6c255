import type { WireName } from './emulator.ts';
import type { KnownModel } from './models.ts';

/** A workspace as calls see it. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
}

interface Cacheable {
  /** Lifetime of the cache entry that ends here, such as `5m`; `undefined` where none is asked for. */
  readonly cache: string | undefined;
}

export type CallPart = Cacheable &
  (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: Medium; readonly urls: readonly string[]; readonly frames: boolean }
  );

/** What a message may hold besides text. */
export type Medium = 'image' | 'video' | 'audio' | 'document';

/** One message of either wire. */
export interface CallMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** `undefined` when it is missing or null. */
  readonly content: string | readonly CallPart[] | undefined;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly toolCallId: string | undefined;
  /** What the model thought, as an assistant message brings it back. */
  readonly reasoning: string;
  /** Asks the model to go on where this assistant message ends. */
  readonly partial: boolean;
}

export interface OfferedTool {
  readonly name: string;
  readonly parameters: unknown;
}

export interface TranslationPair {
  readonly source: string;
  readonly target: string;
}

export interface Translation {
  readonly to: string;
  readonly terms: readonly TranslationPair[];
  readonly memory: readonly TranslationPair[];
}

export interface OcrTask {
  readonly task: string;
  /** The members to extract. */
  readonly schema: Readonly<Record<string, unknown>> | undefined;
}

/** What both wires make of a request. */
export interface ChatCall {
  readonly wire: WireName;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly workspace: Workspace;
  readonly model: KnownModel;
  readonly stream: boolean;
  readonly messages: readonly CallMessage[];
  /** As asked for; `undefined` leaves it to the model. */
  readonly enableThinking: boolean | undefined;
  readonly thinkingBudget: number | undefined;
  /** Whether the reasoning of earlier messages is read. */
  readonly preserveThinking: boolean;
  readonly tools: readonly OfferedTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly parallelToolCalls: boolean;
  /** Streams arguments in finer pieces. */
  readonly toolStream: boolean;
  readonly responseFormat: 'text' | 'json' | { readonly schema: unknown };
  /** Tokens of the answer. */
  readonly maxTokens: number | undefined;
  /** Tokens of thought and answer together. */
  readonly maxCompletionTokens: number | undefined;
  readonly stop: readonly string[];
  readonly choices: number;
  /** Alternatives to report for each token; `undefined` reports no probabilities. */
  readonly topLogprobs: number | undefined;
  readonly search: boolean;
  readonly searchStrategy: string;
  readonly reportSources: boolean;
  /** Whether a stream begins with the sources, in a frame of their own. */
  readonly sourcesFirst: boolean;
  readonly codeInterpreter: boolean;
  readonly translation: Translation | undefined;
  readonly ocr: OcrTask | undefined;
  /** What a spoken answer is to be like; `undefined` when none is asked for. */
  readonly speech: { readonly voice: string | undefined } | undefined;
  /** Whether `oss:` addresses are resolved. */
  readonly resolvesOss: boolean;
  /** Sends the header that asks for a task. */
  readonly async: boolean;
}

/** Whether the call thinks, the model's own default included. */
export function thinks({ model, enableThinking }: Pick<ChatCall, 'model' | 'enableThinking'>): boolean {
  switch (model.thinking) {
    case 'never':
      return false;
    case 'always':
      return true;
    default:
      return enableThinking ?? model.thinking === 'on';
  }
}

/** The text of a message, its parts joined. */
export function textOf({ content }: CallMessage): string {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

export function mediaOf({ content }: CallMessage): readonly Exclude<CallPart, { type: 'text' }>[] {
  if (content === undefined || typeof content === 'string') return [];
  return content.flatMap((part) => (part.type === 'text' ? [] : [part]));
}
