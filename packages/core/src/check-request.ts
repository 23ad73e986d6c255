import type { ChatRequest } from './chat-request.ts';
import { checkMembers, invalid } from './check.ts';
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
  checkMembers(request, requestMembers, { field: '' });
  const { model, messages, tools, toolChoice, responseFormat } = request;
  if (typeof model !== 'string' || model === '')
    throw invalid('model', 'must be a model id, such as "qwen-plus"');
  if (model !== model.trim()) throw invalid('model', 'has spaces around it; remove them');
  for (const [name, check] of Object.entries(memberChecks)) {
    const value = request[name as keyof ChatRequest];
    if (value !== undefined && !check.accepts(value))
      throw invalid(name, `must be ${check.what}, got ${show(value)}`);
  }
  checkMessages(messages);
  if (tools !== undefined) checkTools(tools);
  if (isRecord(toolChoice) && !tools?.some(({ name }) => name === toolChoice.name)) {
    throw invalid('toolChoice.name', `"${String(toolChoice.name)}" is none of the tools`);
  }
  if (responseFormat !== undefined) checkResponseFormat(request);
}

interface Check {
  readonly what: string;
  readonly accepts: (value: unknown) => boolean;
}

function number(what: string, accepts: (value: number) => boolean): Check {
  return { what, accepts: (value) => typeof value === 'number' && Number.isFinite(value) && accepts(value) };
}

function whole(what: string, lowest: number, highest = Number.MAX_SAFE_INTEGER): Check {
  return number(what, (value) => Number.isInteger(value) && value >= lowest && value <= highest);
}

const boolean: Check = { what: 'true or false', accepts: (value) => typeof value === 'boolean' };

const memberChecks: Readonly<Record<string, Check>> = {
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
      value === 'auto' || value === 'none' || (isRecord(value) && typeof value.name === 'string'),
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

const requestMembers = ['model', 'messages', ...Object.keys(memberChecks)];

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

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : String(value);
}

interface PartShape {
  readonly members: readonly string[];
  /** The member that must be there, and what it must hold. */
  readonly required: readonly (readonly [member: string, check: Check])[];
}

const text: Check = { what: 'text', accepts: (value) => typeof value === 'string' };
const filledText: Check = {
  what: 'text that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};
const media: Check = { what: 'a URL, a data URL, a Uint8Array or a Blob', accepts: isMedia };
const film: Check = {
  what: `${media.what}, or a list of these`,
  accepts: (value) => isMedia(value) || (Array.isArray(value) && value.length > 0 && value.every(isMedia)),
};

const partShapes: Readonly<Record<string, PartShape>> = {
  text: { members: ['type', 'text'], required: [['text', text]] },
  image: { members: ['type', 'image', 'mediaType', 'minPixels', 'maxPixels'], required: [['image', media]] },
  video: { members: ['type', 'video', 'mediaType', 'fps'], required: [['video', film]] },
  audio: { members: ['type', 'audio', 'mediaType'], required: [['audio', media]] },
  reasoning: { members: ['type', 'text'], required: [['text', text]] },
  'tool-call': {
    members: ['type', 'id', 'name', 'arguments', 'input'],
    required: [
      ['id', text],
      ['name', filledText],
      ['arguments', text],
    ],
  },
};

const roleShapes: Readonly<
  Record<string, { readonly members: readonly string[]; readonly parts: readonly string[] }>
> = {
  system: { members: ['role', 'content'], parts: ['text'] },
  user: { members: ['role', 'content'], parts: ['text', 'image', 'video', 'audio'] },
  assistant: { members: ['role', 'content'], parts: ['text', 'reasoning', 'tool-call'] },
  tool: { members: ['role', 'content', 'toolCallId'], parts: ['text'] },
};

function isMedia(value: unknown): boolean {
  if (typeof value === 'string') return /^(https?|oss|data):/i.test(value);
  return value instanceof URL || value instanceof Uint8Array || value instanceof Blob;
}

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages)) throw invalid('messages', 'must be a list of messages');
  if (messages.length === 0) throw invalid('messages', 'is empty; give at least one user message');
  const unanswered = new Map<string, string>();
  for (const [index, message] of messages.entries()) checkMessage(message, `messages[${index}]`, unanswered);
  if (!messages.some(({ role }) => role === 'user'))
    throw invalid('messages', 'holds no user message; add one');
  refuseUnanswered(unanswered);
}

/** The service wants each tool message after the call that it answers, and each call answered. */
function checkMessage(message: unknown, field: string, unanswered: Map<string, string>): void {
  if (!isRecord(message)) throw invalid(field, 'must be an object with "role" and "content"');
  const { role, content, toolCallId } = message;
  const shape = typeof role === 'string' ? roleShapes[role] : undefined;
  if (!shape)
    throw invalid(`${field}.role`, `must be one of ${Object.keys(roleShapes).join(', ')}, got ${show(role)}`);
  checkMembers(message, shape.members, { field });
  if (role === 'tool') {
    if (typeof toolCallId !== 'string')
      throw invalid(`${field}.toolCallId`, 'must be the id of the call that it answers');
    if (!unanswered.delete(toolCallId)) {
      throw invalid(
        `${field}.toolCallId`,
        `${show(toolCallId)} is no open call; put the assistant message that made the call before it`,
      );
    }
  } else {
    refuseUnanswered(unanswered);
  }
  if (typeof content === 'string') return;
  if (!Array.isArray(content))
    throw invalid(`${field}.content`, `must be text or a list of parts, got ${show(content)}`);
  if (content.length === 0) throw invalid(`${field}.content`, 'is empty; give text or at least one part');
  for (const [position, part] of content.entries()) {
    const partField = `${field}.content[${position}]`;
    checkPart(part, partField, shape.parts);
    if (part.type === 'tool-call') unanswered.set(part.id, partField);
  }
}

function checkPart(part: unknown, field: string, allowed: readonly string[]): void {
  const type = isRecord(part) ? part.type : undefined;
  const shape = typeof type === 'string' && allowed.includes(type) ? partShapes[type] : undefined;
  if (!shape)
    throw invalid(`${field}.type`, `must be one of ${allowed.join(', ')} in this role, got ${show(type)}`);
  checkMembers(part, shape.members, { field });
  for (const [member, check] of shape.required) {
    if (!check.accepts(part[member]))
      throw invalid(`${field}.${member}`, `must be ${check.what}, got ${show(part[member])}`);
  }
}

function refuseUnanswered(unanswered: ReadonlyMap<string, string>): void {
  for (const [id, field] of unanswered) {
    throw invalid(
      field,
      `the call ${show(id)} has no answer; add { role: "tool", toolCallId, content } after it`,
    );
  }
}

function checkTools(tools: readonly unknown[]): void {
  const seen = new Set<unknown>();
  for (const [index, tool] of tools.entries()) {
    const field = `tools[${index}]`;
    checkMembers(tool, ['name', 'description', 'parameters'], { field });
    const { name, parameters } = tool;
    if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
      throw invalid(`${field}.name`, `must be 1 to 64 letters, digits, "_" or "-", got ${show(name)}`);
    }
    if (name === 'search')
      throw invalid(`${field}.name`, 'is a name that the service keeps for itself; rename the tool');
    if (seen.has(name)) throw invalid(`${field}.name`, `"${name}" is given twice`);
    seen.add(name);
    if (parameters !== undefined) checkSchema(parameters, `${field}.parameters`);
  }
}

const schemaTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

function checkSchema(schema: unknown, field: string): void {
  if (!isSchemaLike(schema)) throw invalid(field, 'must be a JSON Schema or a Standard Schema');
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

function saysJson({ content }: Message): boolean {
  if (typeof content === 'string') return /json/i.test(content);
  return content.some((part) => part.type === 'text' && /json/i.test(part.text));
}

function checkResponseFormat({ responseFormat, messages }: ChatRequest): void {
  if (typeof responseFormat === 'object' && 'schema' in responseFormat) {
    checkMembers(responseFormat, ['schema', 'name', 'description', 'strict'], { field: 'responseFormat' });
    checkSchema(responseFormat.schema, 'responseFormat.schema');
  } else if (typeof responseFormat !== 'string') {
    checkSchema(responseFormat, 'responseFormat');
  }
  // The service refuses JSON mode when no message asks for it.
  if (responseFormat === 'json' && !messages.some(saysJson)) {
    throw invalid(
      'responseFormat',
      'is "json", so a message must say so: put the word JSON into the system message',
    );
  }
}
