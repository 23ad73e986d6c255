import type { ChatEvent } from './chat-event.ts';
import type { ChatResponse } from './chat-response.ts';

/** Says a finished reply as events, in the order in which a stream would have brought them. */
export function emitResponse(response: ChatResponse, emit: (event: ChatEvent) => void): void {
  const { requestId, model, reasoning, text, logprobs, usage, finishReason, rawFinishReason } = response;
  const { audio, ocrResult, codeRuns = [] } = response;
  emit({ type: 'response-start', requestId, model });
  for (const source of response.sources) emit({ type: 'source', source });
  for (const [index, { code }] of codeRuns.entries()) emit({ type: 'code-run', index, code });
  if (reasoning) emit({ type: 'reasoning-delta', text: reasoning });
  if (text || logprobs) emit({ type: 'text-delta', text, ...(logprobs ? { logprobs } : {}) });
  if (audio) emit({ type: 'audio-delta', ...audio });
  if (ocrResult) emit({ type: 'ocr-result', result: ocrResult });
  for (const [index, call] of response.toolCalls.entries()) {
    emit({ type: 'tool-call-start', index, id: call.id, name: call.name });
    if (call.arguments) emit({ type: 'tool-call-delta', index, arguments: call.arguments });
    emit({ type: 'tool-call-end', index, ...call });
  }
  if (Object.values(usage).some((count) => count !== undefined)) emit({ type: 'usage', usage });
  emit({ type: 'finish', finishReason, rawFinishReason });
}
