// The shapes that we write. What we read is narrowed member by member, because any of it may be missing.

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export type WirePart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image_url';
      readonly image_url: { readonly url: string };
      readonly min_pixels?: number;
      readonly max_pixels?: number;
    }
  | { readonly type: 'video_url'; readonly video_url: { readonly url: string }; readonly fps?: number }
  | { readonly type: 'video'; readonly video: readonly string[]; readonly fps?: number }
  | {
      readonly type: 'input_audio';
      readonly input_audio: { readonly data: string; readonly format: string };
    };

export type WireMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly WirePart[] }
  | {
      readonly role: 'assistant';
      readonly content: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly WireToolCall[];
    }
  | { readonly role: 'tool'; readonly content: string; readonly tool_call_id: string };
