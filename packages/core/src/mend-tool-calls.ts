import type { ChatRequest } from './chat-request.ts';
import type { Warning } from './chat-response.ts';
import { parseJson } from './json.ts';
import type { AssistantMessage, AssistantPart, Message } from './message.ts';

/**
 * The same request with arguments that are no JSON wrapped into JSON, because the service refuses a conversation that
 * holds them, though its models write such calls; see tools/broken-arguments-sent-back.
 */
export function mendToolCalls(request: ChatRequest): {
  readonly request: ChatRequest;
  readonly warnings: readonly Warning[];
} {
  const warnings: Warning[] = [];
  if (!request.messages.some(hasParts)) return { request, warnings };
  const messages = request.messages.map((message, index) => mendMessage(message, index, warnings));
  return warnings.length > 0 ? { request: { ...request, messages }, warnings } : { request, warnings };
}

function hasParts(message: Message): message is AssistantMessage & { content: readonly AssistantPart[] } {
  return message.role === 'assistant' && typeof message.content !== 'string';
}

function mendMessage(message: Message, index: number, warnings: Warning[]): Message {
  if (!hasParts(message)) return message;
  const content = message.content.map((part, position) => {
    if (part.type !== 'tool-call' || parseJson(part.arguments) !== undefined) return part;
    const mended = mend(part.arguments);
    warnings.push({ field: `messages[${index}].content[${position}].arguments`, message: mended.warning });
    return { ...part, arguments: mended.arguments };
  });
  return { ...message, content };
}

function mend(text: string): { readonly arguments: string; readonly warning: string } {
  if (text.trim() === '') {
    return {
      arguments: '{}',
      warning: 'Blank arguments are no JSON, which the service refuses; they were sent as {}',
    };
  }
  return {
    arguments: JSON.stringify({ arguments: text }),
    warning:
      'These arguments are no JSON, which the service refuses in a conversation; they were sent as {"arguments": "…"}',
  };
}
