import { type CallMessage, type CallPart, type ChatCall, thinks } from '../chat-call.ts';
import type { ReadCall, ReadContext } from '../chat-wire.ts';
import { isRecord } from '../is-record.ts';
import { readBody } from '../read-body.ts';
import { readSampling } from '../read-sampling.ts';
import { documented, invalidParameter } from '../refusal.ts';
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
    resolvesOss: request.headers.get('x-dashscope-ossresourceresolve') === 'enable',
    async: request.headers.get('x-dashscope-async') === 'enable',
  };
  const shape: ReplyShape = {
    path,
    resultFormat: path === 'multimodal' ? 'message' : (parameters.result_format ?? model.resultFormat),
    incremental: parameters.incremental_output ?? model.incrementalOutput,
  };
  checkContentShape(body, { path, textAccepted: context.quirks.plainTextOnMultimodal === 'accept' });
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

function readMessage({ role, content, tool_calls, tool_call_id, partial }: BodyMessage): CallMessage {
  return {
    role,
    content: Array.isArray(content) ? content.map(readPart) : (content ?? undefined),
    toolCalls: (tool_calls ?? []).map((made) => ({ id: made.id, ...made.function })),
    toolCallId: tool_call_id,
    partial: partial === true,
  };
}

function readPart({ text, image, video, audio, cache_control }: BodyPart): CallPart {
  if (image !== undefined) return { type: 'image', urls: [image], frames: false };
  if (audio !== undefined) return { type: 'audio', urls: [audio], frames: false };
  if (Array.isArray(video)) return { type: 'video', urls: video, frames: true };
  if (video !== undefined) return { type: 'video', urls: [video], frames: false };
  return { type: 'text', text: text ?? '', cached: cache_control !== undefined };
}

// The text path takes lists only to mark what to cache, and for documents; the multimodal path documents lists only.
function checkContentShape(
  { input }: RequestBody,
  { path, textAccepted }: { readonly path: ReplyShape['path']; readonly textAccepted: boolean },
): void {
  for (const { content } of input.messages ?? []) {
    if (path === 'text' && Array.isArray(content) && !needsList(content)) {
      throw invalidParameter('Input content must be a string.');
    }
    if (path === 'multimodal' && typeof content === 'string' && !textAccepted) {
      throw invalidParameter('The item of content should be a message of a certain modal.');
    }
  }
}

function needsList(parts: readonly BodyPart[]): boolean {
  return (
    parts.every(({ type }) => type !== undefined) &&
    parts.some(({ cache_control, doc_url }) => cache_control !== undefined || doc_url !== undefined)
  );
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
