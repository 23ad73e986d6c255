import { type CallMessage, type CallPart, type ChatCall, thinks } from '../chat-call.ts';
import type { ReadCall, ReadContext } from '../chat-wire.ts';
import { isRecord } from '../is-record.ts';
import { readBody } from '../read-body.ts';
import { readSampling } from '../read-sampling.ts';
import { documented, invalidParameter } from '../refusal.ts';
import { lifetime } from '../sampling-schema.ts';
import { type ReplyShape, writeReply } from './reply.ts';
import { type RequestBody, requestSchema } from './request-schema.ts';
import { writeFrames } from './stream.ts';

type BodyMessage = NonNullable<RequestBody['input']['messages']>[number];
type BodyPart = Exclude<BodyMessage['content'], string | null | undefined>[number];

/** @throws Refusal 400 with the service's words for the first mistake. */
export function readCall(
  value: unknown,
  context: ReadContext & { readonly path: ReplyShape['path'] },
): ReadCall {
  if (!isRecord(value) || !isRecord(value.input)) throw documented('empty-input');
  const { body, unknownParameters } = readBody(requestSchema, value);
  const { requestId, at, workspace, model, stream, request, path } = context;
  const parameters = body.parameters ?? {};
  const call: ChatCall = {
    wire: 'dashscope',
    requestId,
    at,
    workspace,
    model,
    stream,
    messages: readMessages(body),
    ...readSampling(parameters),
    reportSources: parameters.search_options?.enable_source === true,
    sourcesFirst: parameters.search_options?.prepend_search_result === true,
    ocr: readOcr(parameters.ocr_options),
    // Models that speak are not offered on this wire.
    speech: undefined,
    resolvesOss: request.headers.get('x-dashscope-ossresourceresolve') === 'enable',
    async: request.headers.get('x-dashscope-async') === 'enable',
  };
  const shape: ReplyShape = {
    path,
    resultFormat: path === 'multimodal' ? 'message' : (parameters.result_format ?? model.resultFormat),
    incremental: parameters.incremental_output ?? model.incrementalOutput,
  };
  checkContentShape(body, { ...context, textAccepted: context.quirks.plainTextOnMultimodal === 'accept' });
  checkOutputParameters(call, shape, parameters);
  return {
    call,
    unknownParameters,
    writeReply: (reply) => writeReply(reply, call, shape),
    writeFrames: (reply) => writeFrames(reply, call, shape),
  };
}

function readMessages({ input: { messages, prompt } }: RequestBody): CallMessage[] {
  // Recorded for a prompt beside an empty list.
  if (messages?.length === 0) {
    throw invalidParameter('Role must be user or assistant and Content length must be greater than 0');
  }
  const fromPrompt =
    prompt === null || prompt === undefined ? [] : [{ role: 'user' as const, content: prompt }];
  return [...(messages ?? []), ...fromPrompt].map(readMessage);
}

function readOcr(options: NonNullable<RequestBody['parameters']>['ocr_options']): ChatCall['ocr'] {
  return options
    ? { task: options.task, schema: options.task_config?.result_schema ?? undefined }
    : undefined;
}

function readMessage(message: BodyMessage): CallMessage {
  const { role, content, tool_calls, tool_call_id, reasoning_content, partial } = message;
  return {
    role,
    content: Array.isArray(content) ? content.map(readPart) : (content ?? undefined),
    toolCalls: (tool_calls ?? []).map((made) => ({ id: made.id, ...made.function })),
    toolCallId: tool_call_id,
    reasoning: reasoning_content ?? '',
    partial: partial === true,
  };
}

function readPart({ text, image, video, audio, doc_url, cache_control }: BodyPart): CallPart {
  const cache = lifetime(cache_control);
  if (image !== undefined) return { type: 'image', urls: [image], frames: false, cache };
  if (audio !== undefined) return { type: 'audio', urls: [audio], frames: false, cache };
  if (doc_url !== undefined) return { type: 'document', urls: doc_url, frames: false, cache };
  if (Array.isArray(video)) return { type: 'video', urls: video, frames: true, cache };
  if (video !== undefined) return { type: 'video', urls: [video], frames: false, cache };
  return { type: 'text', text: text ?? '', cache };
}

// The text path takes lists only to mark what to cache, and for documents; the multimodal path documents lists only.
function checkContentShape(
  { input }: RequestBody,
  {
    path,
    model,
    textAccepted,
  }: ReadContext & { readonly path: ReplyShape['path']; readonly textAccepted: boolean },
): void {
  const readsDocuments = model.media.includes('document');
  for (const { content } of input.messages ?? []) {
    if (path === 'text' && Array.isArray(content) && !needsList(content, readsDocuments)) {
      throw invalidParameter('Input content must be a string.');
    }
    const untold = typeof content === 'string' ? !textAccepted : content?.some(({ doc_url }) => doc_url);
    if (path === 'multimodal' && untold) {
      throw invalidParameter('The item of content should be a message of a certain modal.');
    }
  }
}

function needsList(parts: readonly BodyPart[], readsDocuments: boolean): boolean {
  const documents = parts.filter(({ doc_url }) => doc_url !== undefined).length;
  if (documents > 0 && !readsDocuments) return false;
  const marked = parts.some(({ cache_control }) => lifetime(cache_control) !== undefined);
  return parts.every(({ type }) => type !== undefined) && (documents > 0 || marked);
}

function checkOutputParameters(
  call: ChatCall,
  { resultFormat, incremental }: ReplyShape,
  parameters: NonNullable<RequestBody['parameters']>,
): void {
  if (parameters.incremental_output === true && !call.stream) {
    throw invalidParameter('parameter incremental_output only support stream call');
  }
  if (!thinks(call)) return;
  if (resultFormat === 'text') {
    throw invalidParameter('The result_format parameter must be "message" when enable_thinking is true');
  }
  if (call.stream && !incremental) {
    throw invalidParameter('The incremental_output parameter must be "true" when enable_thinking is true');
  }
}
