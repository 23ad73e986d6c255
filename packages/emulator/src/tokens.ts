// Roughly how Qwen's tokenizer cuts: a character of Chinese or Japanese, a short word with the blank before it, a mark.
const token =
  /\p{sc=Han}|[\p{sc=Hiragana}\p{sc=Katakana}]{1,2}|\s?[\p{L}\p{N}]{1,8}|\s+|[^\s\p{L}\p{N}]{1,2}/gu;

/** Cuts text into about the tokens that a model would count; joined again they are the text. */
export function splitTokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}

export function countTokens(text: string): number {
  return splitTokens(text).length;
}

/** Cuts text into pieces of so many tokens; joined again they are the text. */
export function toPieces(text: string, tokensPerPiece: number): readonly string[] {
  const tokens = splitTokens(text);
  return Array.from({ length: Math.ceil(tokens.length / tokensPerPiece) }, (_, index) =>
    tokens.slice(index * tokensPerPiece, (index + 1) * tokensPerPiece).join(''),
  );
}

/** What one medium counts; the service derives it from pixels and seconds. */
export const mediaTokens = { image: 256, video: 1024, audio: 128, document: 1024 } as const;

/** Tokens of speech for each token that is spoken. */
export const speechTokens = 2;
