import { setTimeout } from 'node:timers/promises';
import { type ChatRequest, type Client, type ClientOptions, QwireError } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import type { Subject, SubjectCall } from './subject.ts';
import { type Wire, wires } from './wire.ts';

/** What is between the client and the sockets. */
export type Carrier = Pick<ClientOptions, 'fetch' | 'transport'> & {
  readonly name: string;
  /** The key comes from a function that takes a moment, as a store of keys would. */
  readonly keyFromStore?: boolean;
  close?(): void;
};

const factories: Readonly<Record<Wire, (options: ClientOptions) => Client>> = {
  'openai-compatible': createOpenAICompatible,
  dashscope: createDashScope,
};

const request: ChatRequest = {
  model: 'qwen-plus',
  messages: [{ role: 'user', content: 'Which lake is in Hangzhou?' }],
};

/** Both adapters, over the platform's `fetch` or something else. */
export function qwireSubject({ name, keyFromStore, close, ...carrier }: Carrier): Subject {
  return {
    name,
    wires,
    ...(close && { close }),
    async chat({ signal, ...call }) {
      return (await createClient(call).chat(request, { signal })).text;
    },
    async *stream({ signal, ...call }) {
      const stream = createClient(call).stream(request, { signal });
      try {
        for await (const event of stream) {
          if (event.type === 'text-delta') yield event.text;
        }
      } catch (error) {
        await expectSame(stream.response(), error);
        throw error;
      }
    },
    readError(error) {
      if (!QwireError.is(error)) return undefined;
      const { kind, timeout, retryable, status } = error;
      return { kind, retryable, ...(timeout && { timeout }), ...(status !== undefined && { status }) };
    },
  };

  function createClient({ wire, apiKey, ...options }: Omit<SubjectCall, 'signal'>): Client {
    return factories[wire]({
      ...options,
      ...carrier,
      apiKey: keyFromStore ? () => setTimeout(1, apiKey) : apiKey,
    });
  }
}

/** Who waits for the whole reply must hear of the failure as well. */
async function expectSame(response: Promise<unknown>, error: unknown): Promise<void> {
  const other = await response.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (other !== error) throw new Error('response() does not fail with what the loop threw');
}
