import type { AssistantMessage, MediaSource, Message, TextPart, UserPart } from '@qwire/core';
import { invalid } from '@qwire/core/adapter-kit';
import type { ModelPath } from './model-path.ts';
import type { WireContent, WireMessage, WirePart, WireToolCall } from './wire-types.ts';

/** @throws QwireError of kind `invalid-request` for media on the way to a text model. */
export function writeMessage(
  message: Message,
  options: { readonly path: ModelPath; readonly field: string },
): WireMessage {
  const { path, field } = options;
  switch (message.role) {
    case 'system':
      return { role: 'system', content: writeText(joinText(message.content), path) };
    case 'user':
      return {
        role: 'user',
        content: writeUserContent(message.content, { path, field: `${field}.content` }),
      };
    case 'assistant':
      return writeAssistantMessage(message, path);
    case 'tool':
      return {
        role: 'tool',
        content: writeText(joinText(message.content), path),
        tool_call_id: message.toolCallId,
      };
  }
}

function joinText(content: string | readonly TextPart[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

/** The content must be there even when it is empty: the service refuses null. */
function writeText(text: string, path: ModelPath): WireContent {
  if (path === 'text') return text;
  return text ? [{ text }] : [];
}

function writeUserContent(
  content: string | readonly UserPart[],
  { path, field }: { readonly path: ModelPath; readonly field: string },
): WireContent {
  if (typeof content === 'string') return writeText(content, path);
  if (path === 'multimodal') return content.map(writePart);
  return content
    .map((part, index) => {
      if (part.type === 'text') return part.text;
      throw invalid(
        `${field}[${index}]`,
        `is ${part.type}, but this model is called on the text path. Use a vision model such as qwen3-vl-plus, ` +
          'or name the model in the option "paths" as "multimodal"',
      );
    })
    .join('');
}

function writePart(part: UserPart): WirePart {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'image':
      return {
        image: String(part.image),
        ...(part.minPixels === undefined ? {} : { min_pixels: part.minPixels }),
        ...(part.maxPixels === undefined ? {} : { max_pixels: part.maxPixels }),
      };
    case 'video':
      return {
        video: isList(part.video) ? part.video.map(String) : String(part.video),
        ...(part.fps === undefined ? {} : { fps: part.fps }),
      };
    case 'audio':
      return { audio: String(part.audio) };
  }
}

function isList(video: MediaSource | readonly MediaSource[]): video is readonly MediaSource[] {
  return Array.isArray(video);
}

function writeAssistantMessage({ content }: AssistantMessage, path: ModelPath): WireMessage {
  if (typeof content === 'string') return { role: 'assistant', content: writeText(content, path) };
  let text = '';
  let reasoning = '';
  const toolCalls: WireToolCall[] = [];
  for (const part of content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') reasoning += part.text;
    else {
      const { id, name, arguments: json } = part;
      toolCalls.push({ id, type: 'function', index: toolCalls.length, function: { name, arguments: json } });
    }
  }
  return {
    role: 'assistant',
    content: writeText(text, path),
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
  };
}
