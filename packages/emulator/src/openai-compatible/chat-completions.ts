import type { ChatWire } from '../chat-wire.ts';
import { isRecord } from '../is-record.ts';
import { documented } from '../refusal.ts';
import { writeErrorFrame, writeRefusal } from './errors.ts';
import { readCall } from './read-call.ts';

/**
 * `POST /compatible-mode/v1/chat/completions`.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope
 */
export const chatCompletions: ChatWire = {
  name: 'openai-compatible',
  isStream: (_, body) => isRecord(body) && body.stream === true,
  checkModel: (model) => {
    if (!model.compatible) throw documented('model-not-supported', { model: model.id });
  },
  readCall,
  writeRefusal,
  writeErrorFrame,
  headers: () => ({ vary: 'Accept-Encoding' }),
};
