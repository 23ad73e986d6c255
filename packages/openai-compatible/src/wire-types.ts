// The shapes that we write. What we read is narrowed member by member, because any of it may be missing.

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** Asks the service to keep everything up to here. */
interface Cacheable {
  readonly cache_control?: { readonly type: 'ephemeral'; readonly ttl?: string } | undefined;
}

export type WirePart = Cacheable &
  (
    | { readonly type: 'text'; readonly text: string }
    | {
        readonly type: 'image_url';
        readonly image_url: { readonly url: string };
        readonly min_pixels?: number;
        readonly max_pixels?: number;
        readonly enable_rotate?: boolean;
      }
    | (VideoOptions & { readonly type: 'video_url'; readonly video_url: { readonly url: string } })
    | (VideoOptions & { readonly type: 'video'; readonly video: readonly string[] })
    | {
        readonly type: 'input_audio';
        readonly input_audio: { readonly data: string; readonly format: string };
      }
  );

interface VideoOptions {
  readonly fps?: number;
  readonly max_frames?: number;
  readonly min_pixels?: number;
  readonly max_pixels?: number;
  readonly total_pixels?: number;
}

/** Text models take text; cache markers and media need a list of parts. */
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
