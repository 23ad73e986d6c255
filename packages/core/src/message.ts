/** Where media comes from: an `http(s):` or `oss:` address, a `data:` URL, or the bytes themselves. */
export type MediaSource = string | URL | Uint8Array | Blob;

/**
 * Marks the end of a prefix that the service keeps, so that the next request which begins alike pays less for it. A
 * request may hold four markers at most.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/context-cache
 */
export type CacheMarker = true | { readonly ttl: string };

interface Cacheable {
  readonly cache?: CacheMarker;
}

export interface TextPart extends Cacheable {
  readonly type: 'text';
  readonly text: string;
}

/** A picture. Bytes are sent inline, as a `data:` URL of at most 10 MB. */
export interface ImagePart extends Cacheable {
  readonly type: 'image';
  readonly image: MediaSource;
  /** Needed for bytes whose format cannot be told from their first bytes, such as `image/heic`. */
  readonly mediaType?: string;
  /** The service scales the picture to lie between these numbers of pixels. */
  readonly minPixels?: number;
  readonly maxPixels?: number;
  /** Turns a picture upright before its text is read; of OCR models. */
  readonly rotate?: boolean;
}

/** A film: one file, or its 4 to 512 frames as a list of pictures. */
export interface VideoPart extends Cacheable {
  readonly type: 'video';
  readonly video: MediaSource | readonly MediaSource[];
  readonly mediaType?: string;
  /** Frames per second that the service samples, or that the list of frames was taken at; 0.1 to 10. */
  readonly fps?: number;
  /** Frames that the service samples at most. */
  readonly maxFrames?: number;
  /** The service scales each frame to lie between these numbers of pixels. */
  readonly minPixels?: number;
  readonly maxPixels?: number;
  /** Pixels of all frames together at most. */
  readonly totalPixels?: number;
}

export interface AudioPart extends Cacheable {
  readonly type: 'audio';
  readonly audio: MediaSource;
  readonly mediaType?: string;
}

/**
 * Documents to answer from. In a system message: files of the service's own store, `fileid://…`, for models such as
 * qwen-long. In a user message: addresses of documents, for models such as qwen-doc-turbo.
 */
export interface DocumentPart {
  readonly type: 'document';
  readonly document: string | URL | readonly (string | URL)[];
  /** How addresses are parsed, such as `auto`. */
  readonly parsing?: string;
}

/** What the model thought before it answered. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
}

/** A call that the model asks for. */
export interface ToolCall {
  /** The service's id of the call; the answering tool message names it. */
  readonly id: string;
  readonly name: string;
  /** JSON text, exactly as the model wrote it; it may be invalid JSON. */
  readonly arguments: string;
  /** The parsed arguments, or `undefined` when they are not valid JSON. */
  readonly input: unknown;
}

/** A tool call inside an assistant message. `input` may be left out: only `arguments` is sent. */
export interface ToolCallPart extends Omit<ToolCall, 'input'> {
  readonly type: 'tool-call';
  readonly input?: unknown;
}

export type SystemPart = TextPart | DocumentPart;
export type UserPart = TextPart | ImagePart | VideoPart | AudioPart | DocumentPart;
export type AssistantPart = TextPart | ReasoningPart | ToolCallPart;

export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly SystemPart[];
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly UserPart[];
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly AssistantPart[];
  /** The model goes on from this text, in the last message only; the reply holds what follows, not the text itself. */
  readonly partial?: true;
}

/** The answer to one tool call. */
export interface ToolMessage {
  readonly role: 'tool';
  /** The `id` of the call that this answers. */
  readonly toolCallId: string;
  readonly content: string | readonly TextPart[];
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
