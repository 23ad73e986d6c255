import type { FinishReason } from '@qwire/core';

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['content_filter', 'content-filter'],
]);

/** A forced tool call ends with `stop` on the wire, although a call is asked for. */
export function toFinishReason(
  raw: string,
  { hasToolCalls }: { readonly hasToolCalls: boolean },
): FinishReason {
  if (raw === 'stop' && hasToolCalls) return 'tool-calls';
  return finishReasons.get(raw) ?? 'other';
}

/** The finish reason as sent; while a stream runs it is null, on the native wire also the text "null". */
export function readFinishReason(value: unknown): string | undefined {
  return typeof value === 'string' && value !== 'null' && value !== '' ? value : undefined;
}
