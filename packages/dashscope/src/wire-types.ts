// The shapes that we write. What we read is narrowed member by member, because any of it may be missing.

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly index: number;
  readonly function: { readonly name: string; readonly arguments: string };
}

/** Asks the service to keep everything up to here. */
interface Cacheable {
  readonly cache_control?: { readonly type: 'ephemeral'; readonly ttl?: string } | undefined;
}

/** Multimodal models take lists of these, one kind each; the name of the member is the kind. */
type MediaPart =
  | { readonly text: string }
  | {
      readonly image: string;
      readonly min_pixels?: number;
      readonly max_pixels?: number;
      readonly enable_rotate?: boolean;
    }
  | {
      readonly video: string | readonly string[];
      readonly fps?: number;
      readonly max_frames?: number;
      readonly min_pixels?: number;
      readonly max_pixels?: number;
      readonly total_pixels?: number;
    }
  | { readonly audio: string };

/** Text models take lists of these, where text alone cannot say it. */
type TypedPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'doc_url';
      readonly doc_url: readonly string[];
      readonly file_parsing_strategy?: string | undefined;
    };

export type WirePart = Cacheable & (MediaPart | TypedPart);

/** Text models take text or typed parts, multimodal models media parts, in every role. */
export type WireContent = string | readonly WirePart[];

export type WireMessage =
  | { readonly role: 'system' | 'user'; readonly content: WireContent }
  | {
      readonly role: 'assistant';
      readonly content: WireContent;
      readonly reasoning_content?: string | undefined;
      readonly tool_calls?: readonly WireToolCall[] | undefined;
      readonly partial?: true | undefined;
    }
  | { readonly role: 'tool'; readonly content: WireContent; readonly tool_call_id: string };
