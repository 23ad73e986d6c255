import {
  anything,
  boolean,
  type Check,
  type Checks,
  checkMembers,
  checkObject,
  filledText,
  invalid,
  isListOf,
  needed,
  number,
  show,
  text,
  whole,
} from './check.ts';
import { isRecord } from './json.ts';
import type { Message } from './message.ts';

const media: Check = { what: 'a URL, a data URL, a Uint8Array or a Blob', accepts: isMedia };
const film: Check = {
  what: 'a URL, a data URL, a Uint8Array or a Blob, or a list of 4 to 512 of these',
  accepts: (value) =>
    isMedia(value) || (isListOf(value, isMedia) && value.length >= 4 && value.length <= 512),
};
const documents: Check = {
  what: 'an address that begins with https:, http:, oss: or fileid:, or a list of these; upload bytes first',
  accepts: (value) => isDocument(value) || (isListOf(value, isDocument) && value.length > 0),
};
const pixels = () => ({ minPixels: whole(1), maxPixels: whole(1) });
const cache = (): Check => ({
  what: 'true or { ttl }, such as { ttl: "5m" }',
  accepts: (value) => value === true || isRecord(value),
  members: { ttl: needed(filledText) },
});

const type = anything;
const mediaType = text;
const parts: Readonly<Record<string, () => Checks>> = {
  text: () => ({ type, text: needed(text), cache: cache() }),
  image: () => ({ type, image: needed(media), mediaType, ...pixels(), rotate: boolean, cache: cache() }),
  video: () => ({
    type,
    video: needed(film),
    mediaType,
    fps: number('a number from 0.1 to 10', (value) => value >= 0.1 && value <= 10),
    maxFrames: whole(1),
    ...pixels(),
    totalPixels: whole(1),
    cache: cache(),
  }),
  audio: () => ({ type, audio: needed(media), mediaType, cache: cache() }),
  document: () => ({ type, document: needed(documents), parsing: filledText }),
  reasoning: () => ({ type, text: needed(text) }),
  'tool-call': () => ({
    type,
    id: needed(text),
    name: needed(filledText),
    arguments: needed(text),
    input: anything,
  }),
};

/** Which members a message has, and which parts. */
const roles: Readonly<
  Record<string, { readonly members: readonly string[]; readonly parts: readonly string[] }>
> = {
  system: { members: ['role', 'content'], parts: ['text', 'document'] },
  user: { members: ['role', 'content'], parts: ['text', 'image', 'video', 'audio', 'document'] },
  assistant: { members: ['role', 'content', 'partial'], parts: ['text', 'reasoning', 'tool-call'] },
  tool: { members: ['role', 'content', 'toolCallId'], parts: ['text'] },
};

/** The service looks at no more. */
const mostCacheMarkers = 4;

function isDocument(value: unknown): boolean {
  return /^(https?|oss|fileid):/i.test(
    value instanceof URL ? value.href : typeof value === 'string' ? value : '',
  );
}

function isMedia(value: unknown): boolean {
  if (typeof value === 'string') return /^(https?|oss|data):/i.test(value);
  return value instanceof URL || value instanceof Uint8Array || value instanceof Blob;
}

/** A call that no tool message has answered yet. Some models send calls without ids, so ids may repeat. */
interface OpenCall {
  readonly id: string;
  readonly field: string;
}

/** @throws QwireError of kind `invalid-request` that names the message's member and the fix. */
export function checkMessages(messages: unknown): asserts messages is readonly Message[] {
  if (!Array.isArray(messages)) throw invalid('messages', 'must be a list of messages');
  if (messages.length === 0) throw invalid('messages', 'is empty; give at least one user message');
  const unanswered: OpenCall[] = [];
  for (let index = 0; index < messages.length; index += 1) {
    checkMessage(messages[index], `messages[${index}]`, unanswered);
  }
  if (!messages.some(({ role }) => role === 'user')) {
    throw invalid('messages', 'holds no user message; add one');
  }
  refuseUnanswered(unanswered);
  checkEnd(messages);
  checkCacheMarkers(messages);
}

/** An answer cannot stand last, unless the model is to go on from it. */
function checkEnd(messages: readonly Message[]): void {
  const early = messages.findIndex((message) => message.role === 'assistant' && message.partial);
  const end = messages.length - 1;
  if (early !== -1 && early < end) {
    throw invalid(`messages[${early}].partial`, 'is for the last message only');
  }
  const last = messages[end];
  if (last?.role === 'assistant' && !last.partial) {
    throw invalid(
      `messages[${end}]`,
      'is an answer, and nothing is asked after it; add a user message, or set partial: true to have it continued',
    );
  }
}

function checkCacheMarkers(messages: readonly Message[]): void {
  let count = 0;
  messages.forEach(({ content }, index) => {
    if (typeof content === 'string') return;
    content.forEach((part, position) => {
      if (!('cache' in part) || part.cache === undefined) return;
      count += 1;
      if (count > mostCacheMarkers) {
        throw invalid(
          `messages[${index}].content[${position}].cache`,
          `is marker ${count}; the service heeds ${mostCacheMarkers} at most, so remove the others`,
        );
      }
    });
  });
}

/** The service wants each tool message after the call that it answers, and each call answered. */
function checkMessage(message: unknown, field: string, unanswered: OpenCall[]): void {
  if (!isRecord(message)) throw invalid(field, 'must be an object with "role" and "content"');
  const { role, content, toolCallId } = message;
  const shape = typeof role === 'string' && Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (!shape)
    throw invalid(`${field}.role`, `must be one of ${Object.keys(roles).join(', ')}, got ${show(role)}`);
  checkMembers(message, shape.members, { field });
  if (message.partial !== undefined && message.partial !== true) {
    throw invalid(`${field}.partial`, `must be true or left out, got ${show(message.partial)}`);
  }
  if (role === 'tool') answer(toolCallId, `${field}.toolCallId`, unanswered);
  else refuseUnanswered(unanswered);
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) {
    throw invalid(`${field}.content`, `must be text or a list of parts, got ${show(content)}`);
  }
  if (content.length === 0) throw invalid(`${field}.content`, 'is empty; give text or at least one part');
  for (const [position, part] of content.entries()) {
    const partField = `${field}.content[${position}]`;
    checkPart(part, partField, shape.parts);
    if (part.type === 'tool-call') unanswered.push({ id: part.id, field: partField });
  }
}

function checkPart(part: unknown, field: string, allowed: readonly string[]): void {
  const type = isRecord(part) ? part.type : undefined;
  const shape = typeof type === 'string' && allowed.includes(type) ? parts[type] : undefined;
  if (!shape) {
    throw invalid(`${field}.type`, `must be one of ${allowed.join(', ')} in this role, got ${show(type)}`);
  }
  checkObject(part, shape, { field });
}

function answer(toolCallId: unknown, field: string, unanswered: OpenCall[]): void {
  if (typeof toolCallId !== 'string') throw invalid(field, 'must be the id of the call that it answers');
  const position = unanswered.findIndex(({ id }) => id === toolCallId);
  if (position === -1) {
    throw invalid(
      field,
      `${show(toolCallId)} is no open call; put the assistant message that made the call before it`,
    );
  }
  unanswered.splice(position, 1);
}

function refuseUnanswered(unanswered: readonly OpenCall[]): void {
  for (const { id, field } of unanswered) {
    throw invalid(
      field,
      `the call ${show(id)} has no answer; add { role: "tool", toolCallId, content } after it`,
    );
  }
}
