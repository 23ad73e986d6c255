import type { Client, ClientOptions } from '@qwire/core';
import { createClient } from '@qwire/core/adapter-kit';
import { openAICompatible } from './wire-format.ts';

/**
 * A client for Qwen models over the OpenAI-compatible wire, `/compatible-mode/v1`.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type.
 * @see https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope
 */
export function createOpenAICompatible(options: ClientOptions = {}): Client {
  return createClient(openAICompatible, options);
}
