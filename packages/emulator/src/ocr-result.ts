import type { ChatCall, OcrTask } from './chat-call.ts';
import type { Rule } from './rule-book.ts';

export type OcrResult = Readonly<Record<string, unknown>>;

/** What an OCR task reads: what the rule says, or the smallest result of the task's form, where it has one. */
export function planOcrResult(call: ChatCall, rule: Rule | undefined): OcrResult | undefined {
  if (call.ocr === undefined || !call.model.ocr) return undefined;
  return rule?.ocrResult ?? defaultResult(call.ocr);
}

/** A result as the text that stands beside it. */
export function ocrText({ kv_result, words_info, ...others }: OcrResult): string {
  if (kv_result !== undefined) return JSON.stringify(kv_result);
  if (Array.isArray(words_info)) return words_info.map((entry: { text?: unknown }) => entry.text).join('\n');
  return JSON.stringify(others);
}

// Two tasks have results of their own; the others answer in text.
function defaultResult({ task, schema = {} }: OcrTask): OcrResult | undefined {
  switch (task) {
    case 'key_information_extraction':
      return { kv_result: Object.fromEntries(Object.keys(schema).map((member) => [member, 'text'])) };
    case 'advanced_recognition':
      return { words_info: [{ text: 'text', location: [0, 0, 40, 0, 40, 20, 0, 20] }] };
    default:
      return undefined;
  }
}
