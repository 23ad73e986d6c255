import type { ChatRequest, EmbedRequest, Message, Schema, Tool, UserPart } from '@qwire/core';
import { namedSchema, toJsonSchema } from '@qwire/core/adapter-kit';
import { answersOf } from './bound-output-tokens.ts';
import type { TokenLimits } from './token-limits.ts';

/**
 * Chat templates add a few marks to each message, a default system message, and with tools a page of instructions. No page
 * of the service says how many tokens these are; the numbers leave several times the room that published templates need.
 */
const around = { request: 64, message: 16, tools: 1_024 };

/** Largest number of tokens of a picture: 16,384 fields of 28 or 32 pixels, and a mark on either side. */
const imageTokens = 16_384 + 2;

/**
 * Input tokens of a request at most, reckoned without a tokenizer. Models of the service split text into pieces of at least
 * one byte, so text has at most as many tokens as bytes; English has about a quarter of that. What cannot be told from the
 * request (videos, sound, documents, what built-in tools find, tasks with instructions of the service, and `extra`) counts
 * as all that the model takes. `undefined` when that is not known either.
 */
export function boundInputTokens(request: ChatRequest, limits: TokenLimits = {}): number | undefined {
  const most = limits.maxInputTokens ?? Number.POSITIVE_INFINITY;
  const bound = Math.min(requestTokens(request), most);
  // Usage is that of all answers together, and no page says that the input counts once.
  return finite(bound * answersOf(request));
}

/** Input tokens of an embedding call at most; see `boundInputTokens`. */
export function boundEmbedTokens({ input, instruction = '', extra }: EmbedRequest): number | undefined {
  if (!isEmpty(extra)) return undefined;
  const texts = [input].flat();
  return texts.reduce((sum, text) => sum + around.message + byteCount(text) + byteCount(instruction), 0);
}

function requestTokens(request: ChatRequest): number {
  const { messages, tools = [], responseFormat, search, codeInterpreter, translation, ocr, extra } = request;
  const isOpen = Boolean(search) || codeInterpreter === true || translation || ocr || !isEmpty(extra);
  if (isOpen) return Number.POSITIVE_INFINITY;
  const schema = namedSchema(responseFormat);
  return (
    around.request +
    total(messages.map(messageTokens)) +
    (tools.length > 0 ? around.tools + total(tools.map(toolTokens)) : 0) +
    (schema ? around.tools + schemaTokens(schema, schema.schema) : 0)
  );
}

function messageTokens(message: Message): number {
  const { content } = message;
  const own = around.message + (message.role === 'tool' ? byteCount(message.toolCallId) : 0);
  return own + (typeof content === 'string' ? byteCount(content) : total(content.map(partTokens)));
}

function partTokens(part: Exclude<Message['content'], string>[number] | UserPart): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return byteCount(part.text);
    case 'tool-call':
      return around.message + total([part.id, part.name, part.arguments].map(byteCount));
    case 'image':
      return imageTokens;
    case 'video':
    case 'audio':
    case 'document':
      return Number.POSITIVE_INFINITY;
  }
}

function toolTokens({ name, description, parameters }: Tool): number {
  return schemaTokens({ name, description }, parameters);
}

/** A schema that cannot be printed cannot be sent either; nothing is known of it. */
function schemaTokens(
  { name, description }: { readonly name?: string | undefined; readonly description?: string | undefined },
  schema: Schema | undefined,
): number {
  const printed = schema && toJsonSchema(schema);
  if (schema && !printed) return Number.POSITIVE_INFINITY;
  return jsonTokens({ name, description, schema: printed });
}

/** Thrice its compact form: a template may put spaces in, and write a character of two bytes as an escape of six. */
function jsonTokens(value: object): number {
  return 3 * byteCount(JSON.stringify(value));
}

/** Tokenizers may compose or decompose characters first, which can make the text longer. */
function byteCount(text: string): number {
  const { length } = encoder.encode(text);
  return Math.max(length, encoder.encode(text.normalize('NFC')).length);
}

const encoder = new TextEncoder();

function isEmpty(extra: object | undefined): boolean {
  return extra === undefined || Object.keys(extra).length === 0;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function finite(bound: number): number | undefined {
  return Number.isFinite(bound) ? bound : undefined;
}
