import type { CallOptions, Client, ClientOptions } from '@qwire/core';
import { createClient, createSender, invalid } from '@qwire/core/adapter-kit';
import { learnPath } from './learn-path.ts';
import type { ModelPath } from './model-path.ts';
import { type UploadRequest, type UploadResponse, upload } from './upload.ts';
import { createDashScopeWire } from './wire-format.ts';

export interface DashScopeOptions extends ClientOptions {
  /**
   * Which of the two paths serves a model, by its id, for models that are newer than this package. A model on the wrong
   * path is refused with "url error".
   */
  readonly paths?: Readonly<Record<string, ModelPath>>;
  /**
   * Whether a call that is refused with "url error" is repeated once on the other path, which is then kept; true unless
   * given. The reply carries a warning.
   */
  readonly learnPaths?: boolean;
}

export interface DashScopeClient extends Client {
  /**
   * Puts bytes into the service's temporary store, for media beyond the 10 MB that a request can hold.
   * @throws QwireError
   */
  upload(request: UploadRequest, options?: CallOptions): Promise<UploadResponse>;
}

/**
 * A client for Qwen models over the DashScope-native wire, `/api/v1`.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function createDashScope(options: DashScopeOptions = {}): DashScopeClient {
  if (!isObject(options)) throw invalid('options', 'must be an object', 'configuration');
  const { paths = {}, learnPaths = true, interceptors = [], ...clientOptions } = options;
  if (!isObject(paths)) throw invalid('paths', 'must be an object of model ids', 'configuration');
  for (const [model, path] of Object.entries(paths)) {
    if (path !== 'text' && path !== 'multimodal') {
      throw invalid(`paths["${model}"]`, 'must be "text" or "multimodal"', 'configuration');
    }
  }
  if (typeof learnPaths !== 'boolean') throw invalid('learnPaths', 'must be true or false', 'configuration');
  const known = new Map(Object.entries(paths));
  const learning = learnPaths ? [learnPath(known, new Set(known.keys()))] : [];
  const wire = createDashScopeWire(known);
  // What is no list of interceptors is the client's to refuse.
  const all = Array.isArray(interceptors) ? [...interceptors, ...learning] : interceptors;
  const client = createClient(wire, { ...clientOptions, interceptors: all });
  const sender = createSender(wire, { ...clientOptions, interceptors });
  return Object.assign(client, {
    upload: (request: UploadRequest, callOptions?: CallOptions) =>
      upload(request, { sender, options: callOptions }),
  });
}

function isObject(value: object): boolean {
  return typeof value === 'object' && value !== null;
}
