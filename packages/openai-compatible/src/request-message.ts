import type { AssistantMessage, AudioPart, MediaSource, Message, TextPart, UserPart } from '@qwire/core';
import { invalid } from '@qwire/core/adapter-kit';
import type { WireMessage, WirePart, WireToolCall } from './wire-types.ts';

/** @throws QwireError of kind `invalid-request` for audio whose format is not told. */
export function writeMessage(message: Message, index: number): WireMessage {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: joinText(message.content) };
    case 'user':
      return { role: 'user', content: writeUserContent(message.content, `messages[${index}].content`) };
    case 'assistant':
      return writeAssistantMessage(message);
    case 'tool':
      return { role: 'tool', content: joinText(message.content), tool_call_id: message.toolCallId };
  }
}

/** Text models refuse lists of parts, so text is sent as text. */
function joinText(content: string | readonly TextPart[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

function writeUserContent(
  content: string | readonly UserPart[],
  field: string,
): string | readonly WirePart[] {
  if (typeof content === 'string') return content;
  if (content.every((part) => part.type === 'text')) return joinText(content);
  return content.map((part, index) => writePart(part, `${field}[${index}]`));
}

function writePart(part: UserPart, field: string): WirePart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return {
        type: 'image_url',
        image_url: { url: String(part.image) },
        ...(part.minPixels === undefined ? {} : { min_pixels: part.minPixels }),
        ...(part.maxPixels === undefined ? {} : { max_pixels: part.maxPixels }),
      };
    case 'video': {
      const fps = part.fps === undefined ? {} : { fps: part.fps };
      if (isList(part.video)) return { type: 'video', video: part.video.map(String), ...fps };
      return { type: 'video_url', video_url: { url: String(part.video) }, ...fps };
    }
    case 'audio':
      return {
        type: 'input_audio',
        input_audio: { data: String(part.audio), format: audioFormat(part, field) },
      };
  }
}

function isList(video: MediaSource | readonly MediaSource[]): video is readonly MediaSource[] {
  return Array.isArray(video);
}

const audioFormats: Readonly<Record<string, string>> = {
  mpeg: 'mp3',
  'x-wav': 'wav',
  wave: 'wav',
  'x-m4a': 'm4a',
};

/** This wire names the format beside the audio: from the media type, the data URL or the address's ending. */
function audioFormat({ audio, mediaType }: AudioPart, field: string): string {
  const address = String(audio);
  const type = mediaType ?? /^data:([^;,]+)/.exec(address)?.[1];
  const subtype = type?.split('/')[1] ?? (type ? undefined : /\.([a-z0-9]+)(?:[?#]|$)/i.exec(address)?.[1]);
  if (!subtype) throw invalid(`${field}.mediaType`, 'is needed for this audio, such as "audio/wav"');
  return audioFormats[subtype.toLowerCase()] ?? subtype.toLowerCase();
}

function writeAssistantMessage({ content }: AssistantMessage): WireMessage {
  if (typeof content === 'string') return { role: 'assistant', content };
  let text = '';
  let reasoning = '';
  const toolCalls: WireToolCall[] = [];
  for (const part of content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') reasoning += part.text;
    else
      toolCalls.push({
        id: part.id,
        type: 'function',
        function: { name: part.name, arguments: part.arguments },
      });
  }
  return {
    role: 'assistant',
    content: text,
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
  };
}
