import type { Difference } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';
import type { Answer } from './check-answer.ts';
import type { CheckedReply } from './check-compatible-reply.ts';
import type { DocumentedRequest } from './documented-request.ts';
import { generation, type NativePath, type ResultFrame, resultFrame } from './native-shapes.ts';
import type { Frame } from './read-frames.ts';
import { shapeDifferences } from './shape-differences.ts';
import { createToolCallPieces } from './tool-call-pieces.ts';

type Output = ResultFrame['output'];

export function checkGeneration(body: unknown, request: DocumentedRequest): CheckedReply {
  const differences = shapeDifferences(generation(pathOf(request)), body, 'body');
  if (differences.length > 0) return { differences, answer: undefined, requestId: undefined };
  const reply = body as ResultFrame;
  const { text, reasoning, toolCalls, reason, choices, logprobs } = readOutput(reply.output);
  return {
    differences: [...differences, ...checkFormat(reply.output, request, 'body')],
    requestId: reply.request_id,
    answer: {
      text,
      reasoning,
      toolCalls: toolCalls.map(({ function: call }) => ({
        name: call.name ?? '',
        arguments: call.arguments ?? '',
      })),
      finishReason: reason,
      choices,
      logprobs,
      outputTokens: outputTokensOf(reply),
    },
  };
}

/**
 * The rules of a stream beside the shape of its frames: one request id, the finish reason "null" until the last frame,
 * counts that never shrink, and text that is new in each frame or all so far, as asked for.
 */
export function checkResultFrames(frames: readonly Frame[], request: DocumentedRequest): CheckedReply {
  const shape = resultFrame(pathOf(request));
  const shapes = frames.flatMap(({ event, data }, index): Difference[] =>
    event === 'error'
      ? [{ path: `frames[${index}].event`, expected: 'result', actual: data }]
      : shapeDifferences(shape, data, `frames[${index}].data`),
  );
  if (shapes.length > 0 || frames.length === 0) {
    const none = { path: 'frames', expected: 'at least one frame', actual: 0 };
    return { differences: frames.length === 0 ? [none] : shapes, answer: undefined, requestId: undefined };
  }
  const results = frames.map(({ data }) => data as ResultFrame);
  const { incremental_output: incremental } = parametersOf(request);
  const differences = results.flatMap((result, index) => checkFrame(result, index, results, request));
  const outputs = results.map(({ output }) => readOutput(output));
  const answer = incremental === true ? addUp(outputs, differences) : lastOf(outputs, differences);
  return {
    differences,
    requestId: results[0]?.request_id,
    answer: {
      ...answer,
      outputTokens: results.map(outputTokensOf).findLast((tokens) => tokens !== undefined),
    },
  };
}

function checkFrame(
  { output, request_id: id, usage }: ResultFrame,
  index: number,
  all: readonly ResultFrame[],
  request: DocumentedRequest,
): Difference[] {
  const path = `frames[${index}].data`;
  const differences = checkFormat(output, request, path);
  const isLast = index === all.length - 1;
  const { reason } = readOutput(output);
  if (id !== all[0]?.request_id)
    differences.push({ path: `${path}.request_id`, expected: all[0]?.request_id, actual: id });
  if (isLast !== (reason !== undefined)) {
    const expected = isLast ? 'a finish reason in the last frame' : '"null" before the last frame';
    differences.push({ path: `${path}.output.finish_reason`, expected, actual: reason ?? 'null' });
  }
  const before = all[index - 1];
  const counted = outputTokensOf({ usage }) ?? 0;
  if (before && counted < (outputTokensOf(before) ?? 0)) {
    const expected = `${outputTokensOf(before)} or more`;
    differences.push({ path: `${path}.usage.output_tokens`, expected, actual: counted });
  }
  return differences;
}

/** `result_format` decides the form on the text path; the other path has one form. */
function checkFormat(output: Output, request: DocumentedRequest, path: string): Difference[] {
  const wantsText = pathOf(request) === 'text' && parametersOf(request).result_format === 'text';
  if (wantsText ? 'text' in output : !('text' in output)) return [];
  return [{ path: `${path}.output`, expected: wantsText ? 'text' : 'choices', actual: Object.keys(output) }];
}

type ReadOutput = ReturnType<typeof readOutput>;
type StreamedAnswer = Omit<Answer, 'outputTokens'>;

function readOutput(output: Output) {
  if ('text' in output) {
    const reason = toReason(output.finish_reason);
    return { text: output.text, reasoning: '', toolCalls: [], reason, choices: 1, logprobs: false };
  }
  const { choices } = 'choices' in output ? output : { choices: [] };
  const [choice] = choices;
  const { content = '', reasoning_content = '', tool_calls = [] } = choice?.message ?? {};
  return {
    text: typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
    reasoning: reasoning_content,
    toolCalls: tool_calls,
    reason: toReason(choice?.finish_reason),
    choices: choices.length,
    logprobs: Boolean(choice?.logprobs),
  };
}

function toReason(reason: string | null | undefined): string | undefined {
  return reason === 'null' ? undefined : (reason ?? undefined);
}

function addUp(outputs: readonly ReadOutput[], differences: Difference[]): StreamedAnswer {
  const pieces = createToolCallPieces();
  outputs.forEach(({ toolCalls }, index) => {
    for (const call of toolCalls)
      differences.push(...pieces.add(call, `frames[${index}].data.output.tool_calls`));
  });
  const texts = outputs.map(({ text }) => text).filter((text) => text !== '');
  // Pieces that each begin with the one before are no pieces.
  if (texts.length > 2 && texts.every((text, index) => text.startsWith(texts[index - 1] ?? ''))) {
    differences.push({
      path: 'frames',
      expected: 'new text in each frame',
      actual: 'all text so far in each',
    });
  }
  return {
    text: texts.join(''),
    reasoning: outputs.map(({ reasoning }) => reasoning).join(''),
    toolCalls: pieces.calls(),
    ...ending(outputs),
  };
}

function lastOf(outputs: readonly ReadOutput[], differences: Difference[]): StreamedAnswer {
  outputs.forEach(({ text }, index) => {
    const before = outputs[index - 1]?.text ?? '';
    if (!text.startsWith(before))
      differences.push({
        path: `frames[${index}].data.output`,
        expected: `all text so far: ${before}`,
        actual: text,
      });
  });
  const last = outputs.at(-1);
  return {
    text: last?.text ?? '',
    reasoning: last?.reasoning ?? '',
    toolCalls: (last?.toolCalls ?? []).map(({ function: call }) => ({
      name: call.name ?? '',
      arguments: call.arguments ?? '',
    })),
    ...ending(outputs),
  };
}

function ending(outputs: readonly ReadOutput[]) {
  return {
    finishReason: outputs.at(-1)?.reason,
    choices: Math.max(...outputs.map(({ choices }) => choices)),
    logprobs: outputs.some(({ logprobs }) => logprobs),
  };
}

function outputTokensOf({ usage }: Pick<ResultFrame, 'usage'>): number | undefined {
  return 'output_tokens' in usage ? usage.output_tokens : undefined;
}

function pathOf({ url }: DocumentedRequest): NativePath {
  return url.includes('/multimodal-generation/') ? 'multimodal' : 'text';
}

/** Wire parameters of a native request. */
export function parametersOf({ body }: DocumentedRequest): Readonly<Record<string, unknown>> {
  return isRecord(body.parameters) ? body.parameters : {};
}
