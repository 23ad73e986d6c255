import type { Wire } from './wire.ts';

/** What one wire says; shapes as Model Studio documents them. */
export interface WireReplies {
  /** A finished reply, with another member that no reader knows. */
  chatBody(text: string, more?: Readonly<Record<string, unknown>>): string;
  /** A frame that brings text. */
  frame(text: string, more?: Readonly<Record<string, unknown>>): string;
  /** The frames after the last text. */
  readonly lastFrames: string;
  /** A frame that brings an error after the stream began. */
  readonly errorFrame: string;
}

const ids = { id: 'chatcmpl-fault', created: 1_790_000_000, model: 'qwen-plus' };

const chunk = (choices: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  `data: ${JSON.stringify({ ...ids, object: 'chat.completion.chunk', choices, ...more })}\n\n`;

const openAICompatible: WireReplies = {
  chatBody: (content, more) =>
    JSON.stringify({
      ...ids,
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      ...more,
    }),
  frame: (content, more) =>
    chunk([{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }], more),
  lastFrames: `${chunk([{ index: 0, delta: { content: '' }, finish_reason: 'stop' }])}data: [DONE]\n\n`,
  errorFrame: `data: ${JSON.stringify({
    error: { code: 'internal_error', message: 'The model broke off', type: 'internal_error' },
  })}\n\n`,
};

const usage = { input_tokens: 9, output_tokens: 2, total_tokens: 11 };
const output = (content: string, finish_reason: string) => ({
  choices: [{ message: { role: 'assistant', content }, finish_reason }],
});
const result = (content: string, finishReason: string, more: Readonly<Record<string, unknown>> = {}) =>
  `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify({
    request_id: 'fault',
    output: output(content, finishReason),
    usage,
    ...more,
  })}\n\n`;

const dashscope: WireReplies = {
  chatBody: (content, more) =>
    JSON.stringify({ request_id: 'fault', output: output(content, 'stop'), usage, ...more }),
  frame: (content, more) => result(content, 'null', more),
  lastFrames: result('', 'stop'),
  errorFrame: `id:2\nevent:error\n:HTTP_STATUS/500\ndata:${JSON.stringify({
    code: 'InternalError',
    message: 'The model broke off',
    request_id: 'fault',
  })}\n\n`,
};

export const wireReplies: Readonly<Record<Wire, WireReplies>> = {
  'openai-compatible': openAICompatible,
  dashscope,
};
