import { type CallMessage, type ChatCall, mediaOf, thinks } from './chat-call.ts';
import { documented, invalidParameter } from './refusal.ts';

/**
 * The rules for messages that both wires share.
 * @throws Refusal
 */
export function checkMessages(call: ChatCall): void {
  const { messages, model } = call;
  for (const message of messages) checkContent(message);
  checkPartial(call);
  checkToolMessages(messages);
  const unread = messages.flatMap(mediaOf).find(({ type }) => !model.media.includes(type));
  if (unread !== undefined) {
    throw invalidParameter(
      '<400> InternalError.Algo.InvalidParameter: The provided messages input is invalid. Unexpected item type in content.',
    );
  }
  if (model.translates && (messages.length !== 1 || messages[0]?.role !== 'user')) {
    throw documented('role-not-supported');
  }
  if (!messages.some(({ role }) => role === 'user')) {
    throw invalidParameter('The messages do not contain elements with the role of user.');
  }
  const last = messages.at(-1);
  if (last?.role === 'system' || (last?.role === 'assistant' && !last.partial)) {
    throw documented('last-message-not-user');
  }
}

function checkContent({ role, content, toolCalls }: CallMessage): void {
  if (content === undefined) throw invalidParameter('The content field is a required field.');
  if (role === 'user' && content.length === 0) {
    throw invalidParameter('Role must be user or assistant and Content length must be greater than 0');
  }
  for (const call of toolCalls) {
    if (!isJsonObject(call.arguments)) {
      throw invalidParameter('The "function.arguments" parameter of the code model must be in JSON format.');
    }
  }
}

// The rule is documented, its words are not.
function checkPartial(call: ChatCall): void {
  const { messages } = call;
  const index = messages.findIndex(({ partial }) => partial);
  if (index < 0) return;
  const isLastAnswer = index === messages.length - 1 && messages[index]?.role === 'assistant';
  if (!isLastAnswer || thinks(call)) {
    throw invalidParameter(`Required parameter(messages[${index}].partial) missing or invalid`);
  }
}

function checkToolMessages(messages: readonly CallMessage[]): void {
  let open = new Set<string>();
  for (const { role, toolCalls, toolCallId } of messages) {
    if (role === 'tool') {
      if (toolCallId === undefined || !open.delete(toolCallId)) throw orphanTool();
      continue;
    }
    if (open.size > 0) throw unansweredToolCalls();
    open = new Set(toolCalls.map(({ id }) => id));
  }
  if (open.size > 0) throw unansweredToolCalls();
}

function orphanTool(): Error {
  // "preceeding" is the service's spelling.
  return invalidParameter(
    '<400> InternalError.Algo.InvalidParameter: messages with role "tool" must be a response to a preceeding message with "tool_calls".',
  );
}

function unansweredToolCalls(): Error {
  // The rule is documented; the words are those of the interface that the service is compatible with.
  return invalidParameter(
    '<400> InternalError.Algo.InvalidParameter: An assistant message with "tool_calls" must be followed by tool messages responding to each "tool_call_id".',
  );
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
