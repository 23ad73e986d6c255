import type { WireFormat } from '@qwire/core';
import { hasUploadedMedia, invalid } from '@qwire/core/adapter-kit';
import { type ModelPath, modelPath } from './model-path.ts';
import { readError } from './read-error.ts';
import { readResponse } from './read-response.ts';
import { createStreamReader } from './read-stream.ts';
import { requestBody } from './request-body.ts';

const services: Readonly<Record<ModelPath, string>> = {
  text: '/services/aigc/text-generation/generation',
  multimodal: '/services/aigc/multimodal-generation/generation',
};

/** The native wire with the paths of some models set by hand. */
export function createDashScopeWire(paths: Readonly<Record<string, ModelPath>> = {}): WireFormat {
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
      tools: true,
      'parallel-tool-calls': true,
      'json-mode': true,
      'json-schema': true,
      thinking: true,
      'web-search': true,
      'search-sources': true,
      logprobs: true,
      'multiple-choices': { supported: false, because: 'A reply carries one answer.' },
      'workspace-routing': true,
      cancellation: true,
    },
    writeChat(request, { stream }) {
      if (request.n !== undefined && request.n > 1)
        throw invalid('n', 'must be 1: a reply carries one answer');
      const path = modelPath(request.model, paths);
      return {
        path: services[path],
        headers: {
          ...(stream
            ? { Accept: 'text/event-stream', 'X-DashScope-SSE': 'enable' }
            : { Accept: 'application/json' }),
          ...(hasUploadedMedia(request) ? { 'X-DashScope-OssResourceResolve': 'enable' } : {}),
        },
        body: requestBody(request, { stream, path }),
        warnings: [],
      };
    },
    readChat: readResponse,
    createStreamReader,
    readError,
  };
}

/** The DashScope-native wire, as a value for those who bring their own transport. */
export const dashscope: WireFormat = createDashScopeWire();
