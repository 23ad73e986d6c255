import type { WireFormat } from '@qwire/core';
import { serviceError } from '@qwire/core/adapter-kit';
import { checkSupport } from './check-support.ts';
import { readEmbed, writeEmbed } from './embed.ts';
import { readResponse } from './read-response.ts';
import { createStreamReader } from './read-stream.ts';
import { requestBody } from './request-body.ts';
import { requestHeaders } from './request-headers.ts';

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
    'document-input': true,
    'document-addresses': {
      supported: false,
      because: 'This wire takes documents of the file store only, as fileid://….',
    },
    tools: true,
    'parallel-tool-calls': true,
    'json-mode': true,
    'json-schema': true,
    partial: true,
    'cache-markers': true,
    thinking: true,
    'web-search': true,
    'search-sources': { supported: false, because: 'The service does not return sources on this wire.' },
    'code-interpreter': true,
    translation: true,
    ocr: { supported: false, because: 'OCR tasks have parameters on the native wire only.' },
    'audio-output': true,
    logprobs: true,
    'multiple-choices': true,
    embeddings: true,
    'embedding-options': {
      supported: false,
      because: 'Text type, instruction and sparse vectors exist on the native wire only.',
    },
    'workspace-routing': true,
    cancellation: true,
  },
  writeChat(request, { stream }) {
    const warnings = checkSupport(request, { stream });
    return {
      path: '/chat/completions',
      headers: requestHeaders(request, { stream }),
      body: requestBody(request, { stream }),
      warnings,
    };
  },
  readChat: readResponse,
  createStreamReader,
  writeEmbed,
  readEmbed,
  readError: serviceError,
};
