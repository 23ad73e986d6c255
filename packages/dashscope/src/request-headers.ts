import type { ChatRequest } from '@qwire/core';
import { hasUploadedMedia } from '@qwire/core/adapter-kit';

type Headers = Readonly<Record<string, string>>;

/**
 * What a request says in headers, beside its key and workspace.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function requestHeaders(request: ChatRequest, { stream }: { readonly stream: boolean }): Headers {
  const { dataInspection, queueMs } = request;
  return {
    ...(stream
      ? { accept: 'text/event-stream', 'x-dashscope-sse': 'enable' }
      : { accept: 'application/json' }),
    ...(hasUploadedMedia(request) ? { 'x-dashscope-ossresourceresolve': 'enable' } : {}),
    ...(dataInspection ? { 'x-dashscope-datainspection': writeInspection(dataInspection) } : {}),
    ...(queueMs === undefined ? {} : { 'x-dashscope-wait-timeout': String(queueMs / 1000) }),
  };
}

/** JSON inside a header, which is how the service documents it. */
function writeInspection(inspection: NonNullable<ChatRequest['dataInspection']>): string {
  return JSON.stringify(typeof inspection === 'boolean' ? { input: 'cip', output: 'cip' } : inspection);
}
