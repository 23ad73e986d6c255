import type { JsonObject } from '@qwire/core';
import { asList, asRecord, asText, isRecord } from '@qwire/core/adapter-kit';

/** The text of a message: text models send text, multimodal models a list of parts. */
export function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asRecord(part).text) ?? '')
    .join('');
}

/** What an OCR task read, which stands beside its text. */
export function readOcrResult(content: unknown): JsonObject | undefined {
  const results = asList(content).map((part) => asRecord(part).ocr_result);
  return results.find(isRecord) as JsonObject | undefined;
}
