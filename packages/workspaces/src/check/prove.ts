import type { CallOptions, ChatRequest, Client } from '@qwire/core';
import { QwireError } from '@qwire/core/adapter-kit';

/** What of a model can be proven by a call that costs next to nothing. */
export type Proof = 'chat' | 'translation' | 'embedding';

/** The first that fits; models of pictures, sound and ranking have no call so small. */
const proofs: readonly (readonly [pattern: RegExp, proof: Proof | undefined])[] = [
  [/embedding-vision|multimodal-embedding/i, undefined],
  [/embedding/i, 'embedding'],
  [/^qwen-mt/i, 'translation'],
  [
    /rerank|image|realtime|livetranslate|^wan|^z-|-(tts|asr|s2s|t2i|t2v|i2v|kf2v)\b|^(cosyvoice|paraformer|sambert|fun-asr|gummy|speech)/i,
    undefined,
  ],
];

export function proofOf(model: string): Proof | undefined {
  const row = proofs.find(([pattern]) => pattern.test(model));
  return row ? row[1] : 'chat';
}

/** Tokens that a proof may use; a stream is left as soon as the model begins to think. */
export const proofTokens = { maxInputTokens: 64, maxOutputTokens: 1 };

const patience = { connectMs: 20_000, firstEventMs: 60_000, idleMs: 30_000 };

/** Of each call of a check. */
export function callOptions({ signal, timeouts }: Pick<CallOptions, 'signal' | 'timeouts'>): CallOptions {
  return { ...(signal && { signal }), timeouts: { ...patience, ...timeouts }, maxRetries: 0 };
}

/**
 * One call, as small as can be: a stream, because some models know nothing else, of one token.
 *
 * @returns nothing when the service answered, else why it did not
 */
export async function prove(
  client: Client,
  model: string,
  options: CallOptions,
): Promise<QwireError | undefined> {
  try {
    const proof = proofOf(model);
    if (proof === 'embedding') await client.embed({ model, input: 'Hi' }, options);
    else await readOneToken(client, toRequest(model, proof), options);
    return undefined;
  } catch (error) {
    if (QwireError.is(error)) return error;
    throw error;
  }
}

function toRequest(model: string, proof: Proof | undefined): ChatRequest {
  const request = { model, messages: [{ role: 'user', content: 'Hi' }], maxTokens: 1 } as const;
  return proof === 'translation' ? { ...request, translation: { to: 'Chinese' } } : request;
}

async function readOneToken(client: Client, request: ChatRequest, options: CallOptions): Promise<void> {
  // Thinking is not limited by maxTokens; its first word is proof enough.
  for await (const { type } of client.stream(request, options)) if (type === 'reasoning-delta') return;
}
