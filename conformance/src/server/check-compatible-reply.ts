import type { Difference } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';
import type { Answer } from './check-answer.ts';
import { type Chunk, type Completion, chunk, completion } from './compatible-shapes.ts';
import type { DocumentedRequest } from './documented-request.ts';
import type { Frame } from './read-frames.ts';
import { shapeDifferences } from './shape-differences.ts';
import { createToolCallPieces } from './tool-call-pieces.ts';

/** A reply read against the documents: what it says, and where it is not as documented. */
export interface CheckedReply {
  readonly differences: readonly Difference[];
  /** `undefined` when the shape is too far off to be read. */
  readonly answer: Answer | undefined;
  /** The request id that the body names, and that the header repeats. */
  readonly requestId: string | undefined;
}

export function checkCompletion(body: unknown, { model }: DocumentedRequest): CheckedReply {
  const differences = shapeDifferences(completion, body, 'body');
  if (differences.length > 0) return { differences, answer: undefined, requestId: undefined };
  const reply = body as Completion;
  if (reply.model !== model) differences.push({ path: 'body.model', expected: model, actual: reply.model });
  const [first] = reply.choices;
  return {
    differences,
    // Recorded: the id of a completion need not be the one in the header.
    requestId: undefined,
    answer: first && {
      text: first.message.content,
      reasoning: first.message.reasoning_content ?? '',
      toolCalls: (first.message.tool_calls ?? []).map((call) => call.function),
      finishReason: first.finish_reason,
      choices: reply.choices.length,
      logprobs: first.logprobs !== null,
      outputTokens: reply.usage.completion_tokens,
    },
  };
}

/**
 * The rules of a stream beside the shape of its chunks: one id, the role in the first piece, thinking before text, one
 * finish reason at the end, usage on a chunk of its own and only when asked for.
 */
export function checkChunks(frames: readonly Frame[], { model, body }: DocumentedRequest): CheckedReply {
  const shapes = frames.flatMap(({ data }, index) => shapeDifferences(chunk, data, `frames[${index}].data`));
  if (shapes.length > 0 || frames.length === 0) {
    const none = { path: 'frames', expected: 'at least one chunk', actual: 0 };
    return { differences: frames.length === 0 ? [none] : shapes, answer: undefined, requestId: undefined };
  }
  const chunks = frames.map(({ data }) => data as Chunk);
  const differences: Difference[] = [];
  const pieces = createToolCallPieces();
  const seen = { text: '', reasoning: '', logprobs: false, reason: undefined as string | undefined };
  const choices = new Set<number>();
  const wantsUsage = isRecord(body.stream_options) && body.stream_options.include_usage === true;
  let outputTokens: number | undefined;

  chunks.forEach((part, index) => {
    const path = `frames[${index}].data`;
    const differ = (member: string, expected: unknown, actual: unknown): void => {
      differences.push({ path: `${path}.${member}`, expected, actual });
    };
    if (part.id !== chunks[0]?.id) differ('id', chunks[0]?.id, part.id);
    if (part.model !== model) differ('model', model, part.model);
    const closes = part.choices.length === 0;
    if (closes !== (part.usage !== null)) {
      differ('usage', closes ? 'token counts beside no choices' : null, part.usage);
    }
    if (closes && (!wantsUsage || index !== chunks.length - 1))
      differ('choices', 'none only in the last chunk, where usage was asked for', part.choices);
    if (!closes && wantsUsage && index === chunks.length - 1)
      differ('choices', 'a last chunk with usage and no choices', part.choices);
    outputTokens = part.usage?.completion_tokens ?? outputTokens;
    for (const { delta, finish_reason, index: choice, logprobs } of part.choices) {
      const begins = !choices.has(choice);
      choices.add(choice);
      if (begins !== (delta.role === 'assistant'))
        differ('choices[0].delta.role', begins ? 'assistant' : 'no role after the first piece', delta.role);
      if (seen.reason !== undefined && choice === choices.size - 1 && !begins)
        differ('choices[0]', 'nothing after the finish reason', delta);
      if (delta.reasoning_content && seen.text !== '')
        differ('choices[0].delta.reasoning_content', 'no thinking after the text', delta.reasoning_content);
      for (const call of delta.tool_calls ?? [])
        differences.push(...pieces.add(call, `${path}.choices[0].delta.tool_calls`));
      seen.reasoning += delta.reasoning_content ?? '';
      seen.text += delta.content ?? '';
      seen.logprobs ||= Boolean(logprobs);
      seen.reason = finish_reason ?? (begins ? undefined : seen.reason);
    }
  });
  return {
    differences,
    requestId: undefined,
    answer: {
      text: seen.text,
      reasoning: seen.reasoning,
      toolCalls: pieces.calls(),
      finishReason: seen.reason,
      choices: choices.size,
      logprobs: seen.logprobs,
      outputTokens,
    },
  };
}
