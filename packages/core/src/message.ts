/** Where media comes from: an `http(s):` or `oss:` address, a `data:` URL, or the bytes themselves. */
export type MediaSource = string | URL | Uint8Array | Blob;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A picture. Bytes are sent inline, as a `data:` URL of at most 10 MB. */
export interface ImagePart {
  readonly type: 'image';
  readonly image: MediaSource;
  /** Needed for bytes whose format cannot be told from their first bytes, such as `image/heic`. */
  readonly mediaType?: string;
  /** The service scales the picture to lie between these numbers of pixels. */
  readonly minPixels?: number;
  readonly maxPixels?: number;
}

/** A film: one file, or its frames as a list of pictures. */
export interface VideoPart {
  readonly type: 'video';
  readonly video: MediaSource | readonly MediaSource[];
  readonly mediaType?: string;
  /** Frames per second that the service samples, or that the list of frames was taken at; 0.1 to 10. */
  readonly fps?: number;
}

export interface AudioPart {
  readonly type: 'audio';
  readonly audio: MediaSource;
  readonly mediaType?: string;
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

export type UserPart = TextPart | ImagePart | VideoPart | AudioPart;
export type AssistantPart = TextPart | ReasoningPart | ToolCallPart;

export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly TextPart[];
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly UserPart[];
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly AssistantPart[];
}

/** The answer to one tool call. */
export interface ToolMessage {
  readonly role: 'tool';
  /** The `id` of the call that this answers. */
  readonly toolCallId: string;
  readonly content: string | readonly TextPart[];
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
