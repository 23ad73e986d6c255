import type {
  AssistantMessage,
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
import type { ModelPath } from './model-path.ts';
import type { WireContent, WireMessage, WirePart, WireToolCall } from './wire-types.ts';

interface Place {
  readonly path: ModelPath;
  readonly field: string;
}

/** @throws QwireError of kind `invalid-request` for what the model's path cannot take. */
export function writeMessage(message: Message, place: Place): WireMessage {
  const { path } = place;
  switch (message.role) {
    case 'system':
      return { role: 'system', content: writeSystemContent(message.content, place) };
    case 'user':
      return { role: 'user', content: writeUserContent(message.content, place) };
    case 'assistant':
      return writeAssistantMessage(message, path);
    case 'tool':
      return {
        role: 'tool',
        content: writeText(message.content, path),
        tool_call_id: message.toolCallId,
      };
  }
}

/**
 * Text models take text, and a list of typed parts where a cache marker needs one; multimodal models take lists of
 * parts. The content must be there even when it is empty: the service refuses null.
 */
function writeText(content: string | readonly TextPart[], path: ModelPath): WireContent {
  if (typeof content !== 'string' && content.some(({ cache }) => cache)) {
    return content.map(path === 'text' ? writeTypedText : writeMediaText);
  }
  const text = typeof content === 'string' ? content : content.map((part) => part.text).join('');
  if (path === 'text') return text;
  return text ? [{ text }] : [];
}

function writeTypedText(part: TextPart): WirePart {
  return { type: 'text', ...writeMediaText(part) };
}

function writeMediaText({ text, cache }: TextPart) {
  return { text, cache_control: cacheControl(cache) };
}

function cacheControl(cache: CacheMarker | undefined) {
  return cache && ({ type: 'ephemeral', ...(cache === true ? {} : cache) } as const);
}

/** Files of the store are named in a system message of their own. */
function writeSystemContent(content: string | readonly SystemPart[], { path, field }: Place): WireContent {
  if (typeof content === 'string') return writeText(content, path);
  const texts = content.filter((part) => part.type === 'text');
  if (texts.length === content.length) return writeText(texts, path);
  const files = content.flatMap((part, index) => {
    if (part.type === 'text')
      throw invalid(`${field}[${index}]`, 'cannot stand beside a document; use two messages');
    return [part.document].flat().map((file) => fileId(file, `${field}[${index}].document`));
  });
  return writeText(files.join(','), path);
}

function fileId(file: string | URL, field: string): string {
  const address = String(file);
  if (address.startsWith('fileid:')) return address;
  throw invalid(field, 'must begin with fileid: in a system message; addresses belong in a user message');
}

function writeUserContent(content: string | readonly UserPart[], { path, field }: Place): WireContent {
  if (typeof content === 'string') return writeText(content, path);
  if (path === 'multimodal') return content.map((part, index) => writeMediaPart(part, `${field}[${index}]`));
  const texts = content.filter((part) => part.type === 'text');
  if (texts.length === content.length) return writeText(texts, path);
  return content.map((part, index) => writeTypedPart(part, `${field}[${index}]`));
}

/** What text models take beside text: documents. */
function writeTypedPart(part: UserPart, field: string): WirePart {
  switch (part.type) {
    case 'text':
      return writeTypedText(part);
    case 'document':
      return {
        type: 'doc_url',
        doc_url: [part.document].flat().map((document) => documentAddress(document, field)),
        file_parsing_strategy: part.parsing,
      };
    default:
      throw invalid(
        field,
        `is ${part.type}, but this model is called on the text path. Use a vision model such as qwen3-vl-plus, ` +
          'or name the model in the option "paths" as "multimodal"',
      );
  }
}

function documentAddress(document: string | URL, field: string): string {
  const address = String(document);
  if (!address.startsWith('fileid:')) return address;
  throw invalid(`${field}.document`, 'is a file of the store; name it in a system message of its own');
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

function writeMediaPart(part: UserPart, field: string): WirePart {
  switch (part.type) {
    case 'text':
      return writeMediaText(part);
    case 'image':
      return {
        image: String(part.image),
        cache_control: cacheControl(part.cache),
        ...renamed(part, imageOptions),
      };
    case 'video':
      return {
        video: isList(part.video) ? part.video.map(String) : String(part.video),
        cache_control: cacheControl(part.cache),
        ...renamed(part, videoOptions),
      };
    case 'audio':
      return { audio: String(part.audio), cache_control: cacheControl(part.cache) };
    case 'document':
      throw invalid(
        field,
        'is a document, but this model is called on the multimodal path; use a text model such as qwen-doc-turbo',
      );
  }
}

function isList(video: MediaSource | readonly MediaSource[]): video is readonly MediaSource[] {
  return Array.isArray(video);
}

function writeAssistantMessage({ content, partial }: AssistantMessage, path: ModelPath): WireMessage {
  if (typeof content === 'string') return { role: 'assistant', content: writeText(content, path), partial };
  const reasoning = content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
  const toolCalls = content.filter((part) => part.type === 'tool-call').map(writeToolCall);
  return {
    role: 'assistant',
    content: writeText(
      content.filter((part) => part.type === 'text'),
      path,
    ),
    reasoning_content: reasoning || undefined,
    tool_calls: toolCalls.length > 0 ? toolCalls : undefined,
    partial,
  };
}

function writeToolCall({ id, name, arguments: json }: ToolCallPart, index: number): WireToolCall {
  return { id, type: 'function', index, function: { name, arguments: json } };
}
