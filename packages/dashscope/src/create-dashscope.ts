import type { Client, ClientOptions } from '@qwire/core';
import { createClient, invalid } from '@qwire/core/adapter-kit';
import type { ModelPath } from './model-path.ts';
import { createDashScopeWire } from './wire-format.ts';

export interface DashScopeOptions extends ClientOptions {
  /**
   * Which of the two paths serves a model, by its id, for models that are newer than this package. A model on the wrong
   * path is refused with "url error".
   */
  readonly paths?: Readonly<Record<string, ModelPath>>;
}

/**
 * A client for Qwen models over the DashScope-native wire, `/api/v1`.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function createDashScope({ paths = {}, ...options }: DashScopeOptions = {}): Client {
  for (const [model, path] of Object.entries(paths)) {
    if (path !== 'text' && path !== 'multimodal') {
      throw invalid(`paths["${model}"]`, 'must be "text" or "multimodal"', 'configuration');
    }
  }
  return createClient(createDashScopeWire(paths), options);
}
