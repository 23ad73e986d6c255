import type { WireName } from './emulator.ts';
import type { KnownModel } from './models.ts';

/** A workspace as calls see it. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
}

export type CallPart =
  | { readonly type: 'text'; readonly text: string; readonly cached: boolean }
  | {
      readonly type: 'image' | 'video' | 'audio';
      readonly urls: readonly string[];
      readonly frames: boolean;
    };

/** One message of either wire. */
export interface CallMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** `undefined` when it is missing or null. */
  readonly content: string | readonly CallPart[] | undefined;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly toolCallId: string | undefined;
  /** Asks the model to go on where this assistant message ends. */
  readonly partial: boolean;
}

export interface OfferedTool {
  readonly name: string;
  readonly parameters: unknown;
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
  readonly tools: readonly OfferedTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly parallelToolCalls: boolean;
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
  readonly reportSources: boolean;
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
