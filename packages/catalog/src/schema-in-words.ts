import type { ChatRequest, Message, SystemMessage } from '@qwire/core';
import { namedSchema, toJsonSchema } from '@qwire/core/adapter-kit';

export function hasSchema({ responseFormat }: ChatRequest): boolean {
  return namedSchema(responseFormat) !== undefined;
}

/** The request in JSON mode, with its schema as text at the end of the system message. */
export function schemaInWords(request: ChatRequest): ChatRequest {
  const named = namedSchema(request.responseFormat);
  if (!named) return request;
  const { schema, description } = named;
  const words = [
    // The service wants the word JSON in a message.
    'Answer with JSON that fits this JSON Schema, and with nothing else.',
    ...(description ? [description] : []),
    JSON.stringify(toJsonSchema(schema)),
  ].join('\n');
  return { ...request, responseFormat: 'json', messages: withSystemText(request.messages, words) };
}

/** Models heed the first message of the system, and some refuse one in any other place. */
function withSystemText(messages: readonly Message[], words: string): readonly Message[] {
  const [first, ...rest] = messages;
  // Documents stand alone in their message.
  if (first?.role !== 'system' || holdsDocument(first))
    return [{ role: 'system', content: words }, ...messages];
  const { content } = first;
  const extended =
    typeof content === 'string'
      ? `${content}\n\n${words}`
      : [...content, { type: 'text', text: `\n\n${words}` } as const];
  return [{ ...first, content: extended }, ...rest];
}

function holdsDocument({ content }: SystemMessage): boolean {
  return typeof content !== 'string' && content.some(({ type }) => type === 'document');
}
