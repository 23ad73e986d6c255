import type {
  AssistantMessage,
  AudioPart,
  CacheMarker,
  ImagePart,
  MediaSource,
  Message,
  SystemPart,
  TextPart,
  ToolCallPart,
  UserPart,
  VideoPart,
} from '@qwire/core';
import { invalid, renamed } from '@qwire/core/adapter-kit';
import type { WireMessage, WirePart, WireToolCall } from './wire-types.ts';

/** @throws QwireError of kind `invalid-request` for what this wire cannot say in a message. */
export function writeMessage(message: Message, index: number): WireMessage {
  const field = `messages[${index}].content`;
  switch (message.role) {
    case 'system':
      return { role: 'system', content: writeSystemContent(message.content, field) };
    case 'user':
      return { role: 'user', content: writeUserContent(message.content, field) };
    case 'assistant':
      return writeAssistantMessage(message);
    case 'tool':
      return { role: 'tool', content: writeText(message.content), tool_call_id: message.toolCallId };
  }
}

/** Text models refuse lists of parts, so text is sent as text; a cache marker needs its part. */
function writeText(content: string | readonly TextPart[]): string | readonly WirePart[] {
  if (typeof content === 'string') return content;
  if (!content.some(({ cache }) => cache)) return content.map(({ text }) => text).join('');
  return content.map(writeTextPart);
}

function writeTextPart({ text, cache }: TextPart): WirePart {
  return { type: 'text', text, cache_control: cacheControl(cache) };
}

function cacheControl(cache: CacheMarker | undefined) {
  return cache && ({ type: 'ephemeral', ...(cache === true ? {} : cache) } as const);
}

/** Files of the store are named in a system message of their own. */
function writeSystemContent(
  content: string | readonly SystemPart[],
  field: string,
): string | readonly WirePart[] {
  if (typeof content === 'string') return content;
  const texts = content.filter((part) => part.type === 'text');
  if (texts.length === content.length) return writeText(texts);
  return content
    .flatMap((part, index) => {
      if (part.type === 'text')
        throw invalid(`${field}[${index}]`, 'cannot stand beside a document; use two messages');
      return [part.document].flat().map((file) => fileId(file, `${field}[${index}].document`));
    })
    .join(',');
}

function fileId(file: string | URL, field: string): string {
  const address = String(file);
  if (address.startsWith('fileid:')) return address;
  throw invalid(field, 'must begin with fileid: in a system message; addresses belong in a user message');
}

function writeUserContent(
  content: string | readonly UserPart[],
  field: string,
): string | readonly WirePart[] {
  if (typeof content === 'string') return content;
  const texts = content.filter((part) => part.type === 'text');
  if (texts.length === content.length) return writeText(texts);
  return content.map((part, index) => writePart(part, `${field}[${index}]`));
}

const imageOptions = {
  minPixels: 'min_pixels',
  maxPixels: 'max_pixels',
  rotate: 'enable_rotate',
} as const satisfies Partial<Record<keyof ImagePart, string>>;

const videoOptions = {
  fps: 'fps',
  maxFrames: 'max_frames',
  minPixels: 'min_pixels',
  maxPixels: 'max_pixels',
  totalPixels: 'total_pixels',
} as const satisfies Partial<Record<keyof VideoPart, string>>;

function writePart(part: UserPart, field: string): WirePart {
  switch (part.type) {
    case 'text':
      return writeTextPart(part);
    case 'image':
      return {
        type: 'image_url',
        image_url: { url: String(part.image) },
        cache_control: cacheControl(part.cache),
        ...renamed(part, imageOptions),
      };
    case 'video': {
      const { video } = part;
      const options = { cache_control: cacheControl(part.cache), ...renamed(part, videoOptions) };
      return isList(video)
        ? { type: 'video', video: video.map(String), ...options }
        : { type: 'video_url', video_url: { url: String(video) }, ...options };
    }
    case 'audio':
      return {
        type: 'input_audio',
        input_audio: { data: String(part.audio), format: audioFormat(part, field) },
        cache_control: cacheControl(part.cache),
      };
    case 'document':
      throw invalid(
        field,
        'is a document; this wire takes files of the store in a system message, and @qwire/dashscope takes addresses',
      );
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
  const type = mediaType ?? /^data:([^,]+)/.exec(address)?.[1];
  const subtype = type === undefined ? ending(address) : /\/([^;\s]+)/.exec(type)?.[1];
  if (!subtype) throw invalid(`${field}.mediaType`, 'is needed for this audio, such as "audio/wav"');
  return audioFormats[subtype.toLowerCase()] ?? subtype.toLowerCase();
}

/** Of the address's path, such as `wav`. */
function ending(address: string): string | undefined {
  return URL.canParse(address) ? /\.([a-z][a-z0-9]*)$/i.exec(new URL(address).pathname)?.[1] : undefined;
}

function writeAssistantMessage({ content, partial }: AssistantMessage): WireMessage {
  if (typeof content === 'string') return { role: 'assistant', content, partial };
  const reasoning = content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
  const toolCalls = content.filter((part) => part.type === 'tool-call').map(writeToolCall);
  return {
    role: 'assistant',
    content: writeText(content.filter((part) => part.type === 'text')),
    reasoning_content: reasoning || undefined,
    tool_calls: toolCalls.length > 0 ? toolCalls : undefined,
    partial,
  };
}

function writeToolCall({ id, name, arguments: json }: ToolCallPart): WireToolCall {
  return { id, type: 'function', function: { name, arguments: json } };
}
