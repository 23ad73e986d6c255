import { asList, asRecord, asText } from '@qwire/core/adapter-kit';

/** The text of a message: text models send text, multimodal models a list of parts. */
export function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asRecord(part).text) ?? '')
    .join('');
}
