import type { ChatWire } from '../chat-wire.ts';
import { documented } from '../refusal.ts';
import { writeErrorFrame, writeRefusal } from './errors.ts';
import { readCall } from './read-call.ts';

/**
 * `POST /api/v1/services/aigc/{text,multimodal}-generation/generation`.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api
 */
export function generation(path: 'text' | 'multimodal'): ChatWire {
  return {
    name: 'dashscope',
    // Either header starts a stream.
    isStream: ({ headers }) =>
      headers.get('x-dashscope-sse') === 'enable' ||
      (headers.get('x-dashscope-sse') !== 'disable' &&
        headers.get('accept')?.includes('text/event-stream') === true),
    checkModel: (model) => {
      // What a model without a native path is told is not documented.
      if (model.path !== path || !model.native) throw documented('url-error');
    },
    readCall: (body, context) => readCall(body, { ...context, path }),
    writeRefusal,
    writeErrorFrame,
    headers: (stream) => ({
      'x-dashscope-call-gateway': 'true',
      'x-dashscope-finished': String(!stream),
      'x-dashscope-timeout': '298',
    }),
  };
}
