// The shapes that we write. What we read is narrowed member by member, because any of it may be missing.

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly index: number;
  readonly function: { readonly name: string; readonly arguments: string };
}

/** Multimodal models take lists of these, one kind each; the name of the member is the kind. */
export type WirePart =
  | { readonly text: string }
  | { readonly image: string; readonly min_pixels?: number; readonly max_pixels?: number }
  | { readonly video: string | readonly string[]; readonly fps?: number }
  | { readonly audio: string };

/** Text models take text, multimodal models lists of parts, in every role. */
export type WireContent = string | readonly WirePart[];

export type WireMessage =
  | { readonly role: 'system' | 'user'; readonly content: WireContent }
  | {
      readonly role: 'assistant';
      readonly content: WireContent;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly WireToolCall[];
    }
  | { readonly role: 'tool'; readonly content: WireContent; readonly tool_call_id: string };
