import {
  anything,
  type Check,
  checkMembers,
  checkObject,
  filledText,
  invalid,
  needed,
  number,
  show,
  text,
  whole,
} from './check.ts';
import { isRecord } from './json.ts';

const media: Check = { what: 'a URL, a data URL, a Uint8Array or a Blob', accepts: isMedia };
const film: Check = {
  what: `${media.what}, or a list of these`,
  accepts: (value) => isMedia(value) || (Array.isArray(value) && value.length > 0 && value.every(isMedia)),
};
const pixels = whole('a whole number from 1', 1);
const framesPerSecond = number('a number from 0.1 to 10', (value) => value >= 0.1 && value <= 10);

const parts: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  text: { type: anything, text: needed(text) },
  image: { type: anything, image: needed(media), mediaType: text, minPixels: pixels, maxPixels: pixels },
  video: { type: anything, video: needed(film), mediaType: text, fps: framesPerSecond },
  audio: { type: anything, audio: needed(media), mediaType: text },
  reasoning: { type: anything, text: needed(text) },
  'tool-call': {
    type: anything,
    id: needed(text),
    name: needed(filledText),
    arguments: needed(text),
    input: anything,
  },
};

/** Which members a message has beside its role and content, and which parts. */
const roles: Readonly<
  Record<string, { readonly members: readonly string[]; readonly parts: readonly string[] }>
> = {
  system: { members: [], parts: ['text'] },
  user: { members: [], parts: ['text', 'image', 'video', 'audio'] },
  assistant: { members: [], parts: ['text', 'reasoning', 'tool-call'] },
  tool: { members: ['toolCallId'], parts: ['text'] },
};

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
export function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages)) throw invalid('messages', 'must be a list of messages');
  if (messages.length === 0) throw invalid('messages', 'is empty; give at least one user message');
  const unanswered: OpenCall[] = [];
  for (const [index, message] of messages.entries()) checkMessage(message, `messages[${index}]`, unanswered);
  if (!messages.some(({ role }) => role === 'user')) {
    throw invalid('messages', 'holds no user message; add one');
  }
  refuseUnanswered(unanswered);
}

/** The service wants each tool message after the call that it answers, and each call answered. */
function checkMessage(message: unknown, field: string, unanswered: OpenCall[]): void {
  if (!isRecord(message)) throw invalid(field, 'must be an object with "role" and "content"');
  const { role, content, toolCallId } = message;
  const shape = typeof role === 'string' && Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (!shape)
    throw invalid(`${field}.role`, `must be one of ${Object.keys(roles).join(', ')}, got ${show(role)}`);
  checkMembers(message, ['role', 'content', ...shape.members], { field });
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
