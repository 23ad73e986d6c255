import type { WireFormat } from '@qwire/core';
import { hasUploadedMedia, invalid, serviceError } from '@qwire/core/adapter-kit';
import { readResponse } from './read-response.ts';
import { createStreamReader } from './read-stream.ts';
import { requestBody } from './request-body.ts';

/** The OpenAI-compatible wire, as a value for those who bring their own transport. */
export const openAICompatible: WireFormat = {
  name: 'openai-compatible',
  root: '/compatible-mode/v1',
  baseURLVariable: 'DASHSCOPE_COMPATIBLE_BASE_URL',
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
    'search-sources': { supported: false, because: 'The service does not return sources on this wire.' },
    logprobs: true,
    'multiple-choices': { supported: false, because: 'A reply carries one answer.' },
    'workspace-routing': true,
    cancellation: true,
  },
  writeChat(request, { stream }) {
    if (request.n !== undefined && request.n > 1) throw invalid('n', 'must be 1: a reply carries one answer');
    return {
      path: '/chat/completions',
      headers: {
        Accept: stream ? 'text/event-stream' : 'application/json',
        ...(hasUploadedMedia(request) ? { 'X-DashScope-OssResourceResolve': 'enable' } : {}),
      },
      body: requestBody(request, { stream }),
      warnings: [],
    };
  },
  readChat: readResponse,
  createStreamReader,
  readError: serviceError,
};
