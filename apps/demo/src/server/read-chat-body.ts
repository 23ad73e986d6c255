import * as z from 'zod';
import type { ChatBody, ConsoleError } from '../shared/console-api.ts';
import { refusal } from './console-error.ts';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal('image'),
  image: z.string().regex(/^(https?:\/\/|data:image\/)/, 'must be an http, https or data:image URL'),
});
const reasoningPart = z.strictObject({ type: z.literal('reasoning'), text: z.string() });
const toolCallPart = z.strictObject({
  type: z.literal('tool-call'),
  id: z.string(),
  name: z.string(),
  arguments: z.string(),
  input: z.unknown(),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart]))]),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [textPart, reasoningPart, toolCallPart])),
    ]),
  }),
  z.strictObject({ role: z.literal('tool'), toolCallId: z.string(), content: z.string() }),
]);

const chatBody: z.ZodType<ChatBody> = z.strictObject({
  workspace: z.string(),
  wire: z.string(),
  model: z.string().min(1, 'must name a model'),
  messages: z.array(message).min(1, 'must hold at least one message'),
  thinking: z.boolean().optional(),
  tools: z.array(z.string()).optional(),
});

/** The body of a chat request, or what is wrong with it, by the member's name. */
export function readChatBody(text: string): { readonly body: ChatBody } | { readonly error: ConsoleError } {
  const parsed = chatBody.safeParse(parse(text));
  if (parsed.success) return { body: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'body';
  return { error: refusal(`${field}: ${issue?.message ?? 'is wrong'}`, field) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
