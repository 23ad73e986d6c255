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

/** Whether the model thinks before it answers, and how. An object switches it on. */
export type Thinking =
  | boolean
  | {
      /** Tokens of thinking at most; the answer follows nevertheless. */
      readonly budget?: number;
      /** How hard to think, such as `high` or `max`; a few models only. */
      readonly effort?: string;
      /** Whether the reasoning parts of earlier messages are heeded; a few models only. */
      readonly preserve?: boolean;
    };

/** Lets the model look on the web before it answers. An object switches it on. */
export type Search =
  | boolean
  | {
      /** Searches also when the model would not. */
      readonly forced?: boolean;
      /** `turbo`, `max`, `agent` or `agent_max`. */
      readonly strategy?: string;
      /** Adds knowledge of special fields, such as weather or share prices. */
      readonly extended?: boolean;
      /** Whether the text refers to its sources, or the form of these marks, such as `[ref_<number>]`. */
      readonly citations?: boolean | string;
      /** Whether a stream begins with the sources. */
      readonly sourcesFirst?: boolean;
      /** Pages of the last so many days only. */
      readonly freshness?: number;
      /** Only these sites are searched. */
      readonly sites?: readonly string[];
      /** Told to the model that decides what to search for. */
      readonly guidance?: string;
    };

/** A word or sentence with its translation. */
export interface TranslationPair {
  readonly source: string;
  readonly target: string;
}

/** What a translation model is to do with the one user message. */
export interface Translation {
  /** The language's English name or code; `auto` unless given. */
  readonly from?: string;
  readonly to: string;
  /** Translations that must be used. */
  readonly terms?: readonly TranslationPair[];
  /** Translated sentences to learn from. */
  readonly memory?: readonly TranslationPair[];
  /** The field and style, as an English sentence. */
  readonly domains?: string;
}

/** What an OCR model is to read out of the picture. */
export interface Ocr {
  /** Such as `text_recognition` or `key_information_extraction`. */
  readonly task: string;
  /** The members to extract, with what is in them. */
  readonly schema?: JsonObject;
}

/** A spoken answer beside the text. */
export interface SpokenAnswer {
  readonly voice: string;
  /** `wav` unless given. */
  readonly format?: string;
}

/** Checks input, output or both by the service's stricter moderation; `true` is both. */
export type DataInspection = boolean | { readonly input?: string; readonly output?: string };

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
  /** Tokens of thinking and answer together at most; newer models only. */
  readonly maxCompletionTokens?: number;
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
  /** Streams the arguments of tool calls in finer pieces; some models only. */
  readonly toolStream?: boolean;
  readonly responseFormat?: ResponseFormat<T>;
  readonly thinking?: Thinking;
  readonly search?: Search;
  /** Lets the model write and run code; needs thinking and a stream. */
  readonly codeInterpreter?: boolean;
  readonly logprobs?: Logprobs;
  /** How many answers to give, 1 to 4; more than one neither in a stream nor with tools. */
  readonly n?: number;
  /** Raises the number of tokens that a picture may take. */
  readonly highResolutionImages?: boolean;
  readonly translation?: Translation;
  readonly ocr?: Ocr;
  /** Asks for speech beside the text; needs a stream. */
  readonly audio?: SpokenAnswer;
  readonly dataInspection?: DataInspection;
  /**
   * Lets the service keep a call waiting that came in too fast a burst, instead of refusing it; whole seconds, 0 refuses
   * at once. The time limits for the first event grow by it.
   */
  readonly queueMs?: number;
  /** Merged into the wire's own parameters unchanged; wins over everything else. */
  readonly extra?: JsonObject;
}
