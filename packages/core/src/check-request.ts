import type { ChatRequest } from './chat-request.ts';
import {
  anything,
  boolean,
  type Check,
  checkObject,
  filledText,
  invalid,
  needed,
  number,
  show,
  text,
  whole,
} from './check.ts';
import { checkMessages } from './check-messages.ts';
import { isRecord } from './json.ts';
import type { Message } from './message.ts';
import { isStandardSchema, type Schema, toJsonSchema } from './schema.ts';

/**
 * Refuses a request that the service would refuse, or that says something which nobody would read. Ranges are the
 * documented ones of both wires; `extra` is not looked into.
 *
 * @throws QwireError of kind `invalid-request` that names the member and the fix.
 */
export function checkChatRequest(request: ChatRequest): void {
  checkObject(request, requestChecks, { field: '' });
  const { model, messages, tools = [], toolChoice, responseFormat, search } = request;
  if (model !== model.trim()) throw invalid('model', 'has spaces around it; remove them');
  checkMessages(messages);
  checkTools(tools);
  if (isRecord(toolChoice) && !tools.some(({ name }) => name === toolChoice.name)) {
    throw invalid('toolChoice.name', `"${String(toolChoice.name)}" is none of the tools`);
  }
  if (typeof search === 'object') checkObject(search, searchChecks, { field: 'search' });
  if (responseFormat !== undefined) checkResponseFormat(responseFormat, messages);
}

const requestChecks: Readonly<Record<string, Check>> = {
  model: needed({ ...filledText, what: 'a model id, such as "qwen-plus"' }),
  messages: anything,
  temperature: number('a number from 0 to below 2', (value) => value >= 0 && value < 2),
  topP: number('a number above 0 and at most 1', (value) => value > 0 && value <= 1),
  topK: whole('a whole number from 0', 0),
  maxTokens: whole('a whole number from 1', 1),
  seed: whole('a whole number from 0', 0),
  presencePenalty: number('a number from -2 to 2', (value) => value >= -2 && value <= 2),
  repetitionPenalty: number('a number above 0', (value) => value > 0),
  n: whole('a whole number from 1 to 4', 1, 4),
  parallelToolCalls: boolean,
  stop: {
    what: 'a text, a list of texts, a list of token ids or a list of lists of token ids, not mixed',
    accepts: isStop,
  },
  tools: { what: 'a list', accepts: Array.isArray },
  toolChoice: {
    what: '"auto", "none" or { name }; the service has no "required"',
    accepts: (value) =>
      value === 'auto' || value === 'none' || (hasOnly(value, ['name']) && typeof value.name === 'string'),
  },
  thinking: {
    what: 'true, false or { budget } with a whole number from 1',
    accepts: (value) =>
      typeof value === 'boolean' || (hasOnly(value, ['budget']) && isWhole(value.budget, 1)),
  },
  search: {
    what: 'true, false or { forced, strategy }',
    accepts: (value) => typeof value === 'boolean' || hasOnly(value, ['forced', 'strategy']),
  },
  logprobs: {
    what: 'true, false or { top } with a whole number from 0 to 5',
    accepts: (value) => typeof value === 'boolean' || (hasOnly(value, ['top']) && isWhole(value.top, 0, 5)),
  },
  responseFormat: {
    what: '"text", "json", a JSON Schema, a Standard Schema or { schema }',
    accepts: (value) => value === 'text' || value === 'json' || isSchemaLike(value),
  },
  extra: { what: 'an object', accepts: isRecord },
};

const searchChecks = { forced: boolean, strategy: filledText };
const toolChecks = {
  name: needed({
    what: '1 to 64 letters, digits, "_" or "-"',
    accepts: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value),
  }),
  description: text,
  parameters: { what: 'a JSON Schema or a Standard Schema', accepts: isSchemaLike },
};
const namedSchemaChecks = {
  schema: needed({ what: 'a JSON Schema or a Standard Schema', accepts: isSchemaLike }),
  name: filledText,
  description: text,
  strict: boolean,
};

function isWhole(value: unknown, lowest: number, highest?: number): boolean {
  return whole('', lowest, highest).accepts(value);
}

/** Schemas of some libraries are functions. */
function isSchemaLike(value: unknown): value is Schema {
  return isRecord(value) || (typeof value === 'function' && '~standard' in value);
}

function hasOnly(value: unknown, members: readonly string[]): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.keys(value).every((key) => members.includes(key));
}

function isStop(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (!Array.isArray(value)) return false;
  const isId = (item: unknown): boolean => isWhole(item, 0);
  return (
    value.every((item) => typeof item === 'string') ||
    value.every(isId) ||
    value.every((item) => Array.isArray(item) && item.every(isId))
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
  if (toJsonSchema(schema) === undefined) {
    throw invalid(
      field,
      'is a Standard Schema that cannot print itself as JSON Schema; give the JSON Schema',
    );
  }
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

function saysJson({ content }: Message): boolean {
  if (typeof content === 'string') return /json/i.test(content);
  return content.some((part) => part.type === 'text' && /json/i.test(part.text));
}
