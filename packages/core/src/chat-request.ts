import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { StandardSchema } from './schema.ts';
import type { Tool, ToolChoice } from './tool.ts';

/** A schema for the reply, with how it is told to the model. */
export interface NamedSchema<T = unknown> {
  readonly schema: JsonObject | StandardSchema<T>;
  /** Names the schema to the model; `response` unless given. */
  readonly name?: string;
  readonly description?: string;
  /** Whether the service holds the model to the schema; true unless given. */
  readonly strict?: boolean;
}

/**
 * `json` is any JSON object; a schema (a JSON Schema or a Standard Schema) asks for JSON of that shape, where the model
 * can do it. The reply then has the parsed `object`, checked by a Standard Schema and typed by it.
 */
export type ResponseFormat<T = unknown> = 'text' | 'json' | JsonObject | StandardSchema<T> | NamedSchema<T>;

/** Whether the model thinks before it answers, and for how many tokens at most. */
export type Thinking = boolean | { readonly budget: number };

/** Lets the model look on the web before it answers. */
export type Search = boolean | { readonly forced?: boolean; readonly strategy?: string };

/** Whether to report token probabilities, with this many alternatives for each token (0 to 5). */
export type Logprobs = boolean | { readonly top: number };

/**
 * One call of a chat model. What is not given is not sent, so that the model's own default holds.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api
 */
export interface ChatRequest<T = unknown> {
  /** The model's id in Model Studio, such as `qwen-plus`; case matters. */
  readonly model: string;
  readonly messages: readonly Message[];
  /** From 0 to below 2. */
  readonly temperature?: number;
  /** Above 0, at most 1. */
  readonly topP?: number;
  /** Whole number from 0; above 100 it is switched off. */
  readonly topK?: number;
  /** Tokens of the answer at most; thinking is not counted. */
  readonly maxTokens?: number;
  /** Whole number from 0. */
  readonly seed?: number;
  /** Text, or token ids, at which the answer ends; texts and ids cannot be mixed. */
  readonly stop?: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  /** From -2 to 2. */
  readonly presencePenalty?: number;
  /** Above 0; 1 means none. */
  readonly repetitionPenalty?: number;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat<T>;
  readonly thinking?: Thinking;
  readonly search?: Search;
  readonly logprobs?: Logprobs;
  /** How many answers to give, 1 to 4. */
  readonly n?: number;
  /** Merged into the wire's own parameters unchanged; wins over everything else. */
  readonly extra?: JsonObject;
}
