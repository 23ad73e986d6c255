import type { WireFormat } from '@qwire/core';
import { checkSupport } from './check-support.ts';
import { readEmbed, writeEmbed } from './embed.ts';
import { type ModelPath, type ModelPaths, modelPath } from './model-path.ts';
import { readError } from './read-error.ts';
import { readResponse } from './read-response.ts';
import { createStreamReader } from './read-stream.ts';
import { requestBody } from './request-body.ts';
import { requestHeaders } from './request-headers.ts';

const services: Readonly<Record<ModelPath, string>> = {
  text: '/services/aigc/text-generation/generation',
  multimodal: '/services/aigc/multimodal-generation/generation',
};

/** The native wire with what is known of the paths of some models; more may become known while it is used. */
export function createDashScopeWire(paths: ModelPaths = new Map()): WireFormat {
  return {
    name: 'dashscope',
    root: '/api/v1',
    baseURLVariable: 'DASHSCOPE_HTTP_BASE_URL',
    capabilities: {
      text: true,
      streaming: true,
      'image-input': true,
      'video-input': true,
      'audio-input': true,
      'document-input': true,
      'document-addresses': true,
      tools: true,
      'parallel-tool-calls': true,
      'json-mode': true,
      'json-schema': true,
      partial: true,
      'cache-markers': true,
      thinking: true,
      'web-search': true,
      'search-sources': true,
      'code-interpreter': true,
      translation: true,
      ocr: true,
      'audio-output': {
        supported: false,
        because: 'The service documents models that speak for the OpenAI-compatible wire only.',
      },
      logprobs: true,
      'multiple-choices': true,
      embeddings: true,
      'embedding-options': true,
      'workspace-routing': true,
      cancellation: true,
    },
    writeChat(request, { stream }) {
      const warnings = checkSupport(request, { stream });
      const path = modelPath(request.model, paths);
      return {
        path: services[path],
        headers: requestHeaders(request, { stream }),
        body: requestBody(request, { stream, path }),
        warnings,
      };
    },
    readChat: readResponse,
    createStreamReader,
    writeEmbed,
    readEmbed,
    readError,
  };
}

/** The DashScope-native wire, as a value for those who bring their own transport. */
export const dashscope: WireFormat = createDashScopeWire();
