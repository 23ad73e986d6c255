import type { CallMessage, CallPart, ChatCall } from '../chat-call.ts';
import type { ReadCall, ReadContext } from '../chat-wire.ts';
import { readBody } from '../read-body.ts';
import { readSampling } from '../read-sampling.ts';
import { lifetime } from '../sampling-schema.ts';
import { writeReply } from './reply.ts';
import { type RequestBody, requestSchema } from './request-schema.ts';
import { writeFrames } from './stream.ts';

type BodyMessage = RequestBody['messages'][number];
type BodyPart = Exclude<BodyMessage['content'], string | null | undefined>[number];

/** @throws Refusal 400 with the service's words for the first mistake. */
export function readCall(value: unknown, context: ReadContext): ReadCall {
  const { body, unknownParameters } = readBody(requestSchema, value);
  const { requestId, at, workspace, model, stream, request } = context;
  const call: ChatCall = {
    wire: 'openai-compatible',
    requestId,
    at,
    workspace,
    model,
    stream,
    messages: body.messages.map(readMessage),
    ...readSampling(body),
    // This wire has no way to report them.
    reportSources: false,
    sourcesFirst: false,
    // OCR tasks have no words on this wire.
    ocr: undefined,
    speech: readSpeech(body),
    resolvesOss: request.headers.get('x-dashscope-ossresourceresolve') === 'enable',
    async: request.headers.get('x-dashscope-async') === 'enable',
  };
  const includeUsage = body.stream_options?.include_usage === true;
  return {
    call,
    unknownParameters,
    writeReply: (reply) => writeReply(reply, call),
    writeFrames: (reply) => writeFrames(reply, call, { includeUsage }),
  };
}

function readMessage(message: BodyMessage): CallMessage {
  const { role, content, tool_calls, tool_call_id, reasoning_content, partial } = message;
  const toolCalls = (tool_calls ?? []).map((made) => ({ id: made.id, ...made.function }));
  return {
    role,
    content: Array.isArray(content) ? content.map(readPart) : (content ?? absentContent(toolCalls)),
    toolCalls,
    toolCallId: tool_call_id,
    reasoning: reasoning_content ?? '',
    partial: partial === true,
  };
}

// Clients that follow the original interface send null beside tool calls.
function absentContent(toolCalls: readonly unknown[]): string | undefined {
  return toolCalls.length > 0 ? '' : undefined;
}

function readPart(part: BodyPart): CallPart {
  const cache = lifetime(part.cache_control);
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, cache };
    case 'image_url':
      return { type: 'image', urls: [part.image_url.url], frames: false, cache };
    case 'video_url':
      return { type: 'video', urls: [part.video_url.url], frames: false, cache };
    case 'video':
      return { type: 'video', urls: part.video, frames: true, cache };
    case 'input_audio':
      return { type: 'audio', urls: [toAudioUrl(part.input_audio.data)], frames: false, cache };
  }
}

// The data may be a URL, a data URL, or bare base64.
function toAudioUrl(data: string): string {
  return /^[a-z]+:/.test(data) ? data : `data:;base64,${data}`;
}

function readSpeech({ modalities, audio }: RequestBody): ChatCall['speech'] {
  return modalities?.includes('audio') ? { voice: audio?.voice ?? undefined } : undefined;
}
