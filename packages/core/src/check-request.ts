import type { ChatRequest, NamedSchema } from './chat-request.ts';
import {
  anObject,
  anything,
  boolean,
  type Check,
  checkJson,
  checkObject,
  filledText,
  invalid,
  isListOf,
  listOf,
  needed,
  number,
  object,
  show,
  switchOr,
  text,
  whole,
} from './check.ts';
import { checkMessages } from './check-messages.ts';
import { isRecord, type JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { QwireError } from './qwire-error.ts';
import { isStandardSchema, type Schema, toJsonSchema } from './schema.ts';
import type { Tool } from './tool.ts';

/**
 * Refuses a request that the service would refuse, or that says something which nobody would read. Ranges are the
 * documented ones of both wires; `extra` is not looked into.
 *
 * @throws QwireError of kind `invalid-request` that names the member and the fix.
 */
export function checkChatRequest(request: ChatRequest): void {
  checkObject(request, requestChecks, { field: '' });
  const { model, messages, tools = [], toolChoice, responseFormat, n = 1, extra, ocr } = request;
  if (model !== model.trim()) throw invalid('model', 'has spaces around it; remove them');
  checkMessages(messages);
  if (tools.length > 0) checkTools(tools);
  if (isRecord(toolChoice) && !tools.some(({ name }) => name === toolChoice.name)) {
    throw invalid('toolChoice.name', `"${String(toolChoice.name)}" is none of the tools`);
  }
  if (n > 1 && tools.length > 0) throw invalid('n', 'must be 1 where tools are given');
  if (responseFormat !== undefined) checkResponseFormat(responseFormat, messages);
  checkModes(request);
  if (extra) checkJson(extra, 'extra');
  if (ocr?.schema) checkJson(ocr.schema, 'ocr.schema');
}

/** What some special modes do not go together with. */
function checkModes({ thinking, messages, translation, toolChoice, responseFormat }: ChatRequest): void {
  if (thinking && typeof toolChoice === 'object') {
    throw invalid(
      'toolChoice',
      'cannot demand a tool while the model thinks; set thinking: false, or use "auto"',
    );
  }
  if (thinking && responseFormat === 'json') {
    throw invalid('responseFormat', 'cannot be "json" while the model thinks; set thinking: false');
  }
  const last = messages.at(-1);
  const isPartial = last?.role === 'assistant' && last.partial;
  if (isPartial && thinking) {
    throw invalid('thinking', 'must be off where the last message is partial: a thinking model cannot go on');
  }
  if (translation && (messages.length !== 1 || last?.role !== 'user')) {
    throw invalid('messages', 'must be one user message where "translation" is given: the text to translate');
  }
}

const pairs = () =>
  listOf(
    'a list of { source, target }',
    (item) =>
      isRecord(item) &&
      Object.keys(item).length === 2 &&
      filledText.accepts(item.source) &&
      filledText.accepts(item.target),
  );

/** The service documents one word, `cip`. */
const headerText: Check = {
  what: 'text of ASCII, because it is sent in a header',
  accepts: (value) => typeof value === 'string' && /^[\x20-\x7e]+$/.test(value),
};

const aSchema: Check = { what: 'a JSON Schema or a Standard Schema', accepts: isSchemaLike };

const requestChecks = () =>
  ({
    model: needed({ ...filledText, what: 'a model id, such as "qwen-plus"' }),
    messages: anything,
    temperature: number('a number from 0 to below 2', (value) => value >= 0 && value < 2),
    topP: number('a number above 0 and at most 1', (value) => value > 0 && value <= 1),
    topK: whole(0),
    maxTokens: whole(1),
    maxCompletionTokens: whole(1),
    seed: whole(0),
    presencePenalty: number('a number from -2 to 2', (value) => value >= -2 && value <= 2),
    repetitionPenalty: number('a number above 0', (value) => value > 0),
    n: whole(1, 4),
    parallelToolCalls: boolean,
    toolStream: boolean,
    highResolutionImages: boolean,
    codeInterpreter: boolean,
    stop: {
      what: 'a text, a list of texts, a list of token ids or a list of lists of token ids, not mixed',
      accepts: isStop,
    },
    tools: { what: 'a list', accepts: Array.isArray },
    toolChoice: {
      what: '"auto", "none" or { name }; the service has no "required"',
      accepts: (value) => value === 'auto' || value === 'none' || isRecord(value),
      members: { name: needed(text) },
    },
    thinking: switchOr({ budget: whole(1), effort: filledText, preserve: boolean }),
    search: switchOr({
      forced: boolean,
      strategy: filledText,
      extended: boolean,
      citations: {
        what: 'true, false or the form of a mark, such as "[<number>]"',
        accepts: (value) => boolean.accepts(value) || filledText.accepts(value),
      },
      sourcesFirst: boolean,
      freshness: whole(1, undefined, 'a whole number of days'),
      sites: listOf('a list of host names', filledText.accepts),
      guidance: filledText,
    }),
    logprobs: switchOr({ top: needed(whole(0, 5)) }),
    responseFormat: {
      what: '"text", "json", a JSON Schema, a Standard Schema or { schema }',
      accepts: (value) => value === 'text' || value === 'json' || isSchemaLike(value),
    },
    translation: object({
      from: filledText,
      to: needed(filledText),
      terms: pairs(),
      memory: pairs(),
      domains: filledText,
    }),
    ocr: object({ task: needed(filledText), schema: { ...anObject, accepts: isJsonObject } }),
    audio: object({ voice: needed(filledText), format: filledText }),
    dataInspection: switchOr({ input: headerText, output: headerText }),
    queueMs: number('a number of whole seconds in milliseconds, from 0', isWholeSeconds),
    extra: anObject,
  }) satisfies Record<keyof ChatRequest, Check>;

const toolChecks = () =>
  ({
    name: needed({
      what: '1 to 64 letters, digits, "_" or "-"',
      accepts: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value),
    }),
    description: text,
    parameters: aSchema,
  }) satisfies Record<keyof Tool, Check>;

const namedSchemaChecks = () =>
  ({
    schema: needed(aSchema),
    name: filledText,
    description: text,
    strict: boolean,
  }) satisfies Record<keyof NamedSchema, Check>;

function isWholeSeconds(ms: number): boolean {
  return ms >= 0 && ms % 1000 === 0 && Number.isSafeInteger(ms);
}

/** Schemas of some libraries are functions. */
function isSchemaLike(value: unknown): value is Schema {
  const isObject = isRecord(value) || typeof value === 'function';
  return isJsonObject(value) || (isObject && '~standard' in value);
}

/** No object that writes itself as something else, such as an address. */
function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value) && typeof value.toJSON !== 'function';
}

function isStop(value: unknown): boolean {
  if (typeof value === 'string') return true;
  const isId = whole(0).accepts;
  return (
    isListOf(value, text.accepts) || isListOf(value, isId) || isListOf(value, (item) => isListOf(item, isId))
  );
}

function checkTools(tools: readonly unknown[]): void {
  const seen = new Set<unknown>();
  for (const [index, tool] of tools.entries()) {
    const field = `tools[${index}]`;
    checkObject(tool, toolChecks, { field });
    const { name, parameters } = tool;
    if (name === 'search') {
      throw invalid(`${field}.name`, 'is a name that the service keeps for itself; rename the tool');
    }
    if (seen.has(name)) throw invalid(`${field}.name`, `"${String(name)}" is given twice`);
    seen.add(name);
    if (parameters !== undefined) checkSchema(parameters as Schema, `${field}.parameters`);
  }
}

const schemaTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

function checkSchema(schema: Schema, field: string): void {
  if (!isStandardSchema(schema) && typeof schema.type === 'string' && !schemaTypes.includes(schema.type)) {
    throw invalid(
      field,
      `is no JSON Schema: its type must be one of ${schemaTypes.join(', ')}, got ${show(schema.type)}`,
    );
  }
  checkJson(print(schema, field), field);
}

function print(schema: Schema, field: string): JsonObject {
  const problem = 'is a Standard Schema that cannot print itself as JSON Schema; give the JSON Schema';
  try {
    const printed = toJsonSchema(schema);
    if (printed) return printed;
  } catch (cause) {
    // A library says what it cannot print, such as a date.
    throw new QwireError(`${field}: ${problem} (${String(cause)})`, {
      kind: 'invalid-request',
      field,
      cause,
    });
  }
  throw invalid(field, problem);
}

function checkResponseFormat(
  format: NonNullable<ChatRequest['responseFormat']>,
  messages: readonly Message[],
): void {
  if (typeof format === 'object' && 'schema' in format) {
    checkObject(format, namedSchemaChecks, { field: 'responseFormat' });
    checkSchema(format.schema as Schema, 'responseFormat.schema');
  } else if (typeof format !== 'string') {
    checkSchema(format, 'responseFormat');
  }
  // The service refuses JSON mode when no message asks for it.
  if (format === 'json' && !messages.some(saysJson)) {
    throw invalid(
      'responseFormat',
      'is "json", so a message must say so: put the word JSON into the system message',
    );
  }
}

function saysJson({ role, content }: Message): boolean {
  if (role !== 'system' && role !== 'user') return false;
  if (typeof content === 'string') return /json/i.test(content);
  return content.some((part) => part.type === 'text' && /json/i.test(part.text));
}
