import type { ChatRequest } from './chat-request.ts';
import { invalid } from './check.ts';
import type { MediaSource, Message, UserPart } from './message.ts';

/** The same request with all media as URL text: bytes become `data:` URLs. At once when there are none. */
export function inlineMedia(request: ChatRequest): ChatRequest | Promise<ChatRequest> {
  return request.messages.some(hasMedia) ? inlineMessages(request) : request;
}

async function inlineMessages(request: ChatRequest): Promise<ChatRequest> {
  const messages = await Promise.all(request.messages.map(inlineMessage));
  return { ...request, messages };
}

/** Whether the request refers to files in the service's own store, which it looks up only when asked to. */
export function hasUploadedMedia({ messages }: ChatRequest): boolean {
  return messages.some(
    (message) =>
      message.role === 'user' && typeof message.content !== 'string' && message.content.some(isUploaded),
  );
}

function isUploaded(part: UserPart): boolean {
  switch (part.type) {
    case 'text':
      return false;
    case 'document':
      return [part.document].flat().some(isUploadAddress);
    case 'image':
      return isUploadAddress(part.image);
    case 'audio':
      return isUploadAddress(part.audio);
    case 'video':
      return isList(part.video) ? part.video.some(isUploadAddress) : isUploadAddress(part.video);
  }
}

function isUploadAddress(source: MediaSource): boolean {
  return /^oss:/i.test(String(source));
}

function hasMedia({ role, content }: Message): boolean {
  return role === 'user' && typeof content !== 'string' && content.some(({ type }) => type !== 'text');
}

async function inlineMessage(message: Message, index: number): Promise<Message> {
  if (message.role !== 'user' || typeof message.content === 'string') return message;
  const content = await Promise.all(
    message.content.map((part, position) => inlinePart(part, `messages[${index}].content[${position}]`)),
  );
  return { ...message, content };
}

async function inlinePart(part: UserPart, field: string): Promise<UserPart> {
  switch (part.type) {
    case 'text':
    case 'document':
      return part;
    case 'image':
      return { ...part, image: await toURL(part.image, part.mediaType, `${field}.image`) };
    case 'audio':
      return { ...part, audio: await toURL(part.audio, part.mediaType, `${field}.audio`) };
    case 'video': {
      const { video } = part;
      if (!isList(video)) return { ...part, video: await toURL(video, part.mediaType, `${field}.video`) };
      const frames = video.map((frame, index) => toURL(frame, part.mediaType, `${field}.video[${index}]`));
      return { ...part, video: await Promise.all(frames) };
    }
  }
}

function isList(video: MediaSource | readonly MediaSource[]): video is readonly MediaSource[] {
  return Array.isArray(video);
}

/** Characters of a data URL at most; the service refuses longer ones. */
const longestDataURL = 10_485_760;

async function toURL(source: MediaSource, mediaType: string | undefined, field: string): Promise<string> {
  const url =
    typeof source === 'string' || source instanceof URL
      ? String(source)
      : await toDataURL(source, mediaType, field);
  if (url.length > longestDataURL && url.startsWith('data:')) {
    throw invalid(
      field,
      'is larger than the 10 MB that a request can hold; upload it with upload() of @qwire/dashscope, or give its address',
    );
  }
  return url;
}

async function toDataURL(
  source: Uint8Array | Blob,
  mediaType: string | undefined,
  field: string,
): Promise<string> {
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(await source.arrayBuffer());
  const declared = mediaType ?? (source instanceof Blob ? source.type : '');
  const type = declared || sniffMediaType(bytes);
  if (!type)
    throw invalid(field, 'is of a format that its first bytes do not tell; set "mediaType" beside it');
  return `data:${type};base64,${toBase64(bytes)}`;
}

const signatures: readonly (readonly [mediaType: string, pattern: RegExp])[] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/bmp', /^BM/],
  ['audio/wav', /^RIFF.{4}WAVE/s],
  ['audio/mpeg', /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
  ['video/mp4', /^.{4}ftyp(isom|iso2|mp4|avc1|M4V)/s],
  ['video/webm', /^.E\xdf\xa3/s],
];

function sniffMediaType(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return signatures.find(([, pattern]) => pattern.test(start))?.[0];
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
