import type { ChatEvent } from '../chat-event.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ChatChoice, ChatResponse, Warning } from '../chat-response.ts';
import { checkChatRequest } from '../check-request.ts';
import { LazyStream } from '../client/chat-stream.ts';
import { abortedError } from '../client/watch.ts';
import type { CallOptions, Client } from '../client.ts';
import { createChoice, createResponse, unreportedUsage } from '../collect-response.ts';
import { createToolCall } from '../create-tool-call.ts';
import { emitResponse } from '../emit-response.ts';
import type { QwireError } from '../qwire-error.ts';
import { withObject } from '../response-object.ts';
import type { Usage } from '../usage.ts';

/** One reply: a text, or everything by name. */
export type Script =
  | string
  | {
      readonly text?: string;
      readonly reasoning?: string;
      /** Name, arguments, and the id, which is empty unless given. */
      readonly calls?: readonly (readonly [name: string, text: string, id?: string])[];
      readonly finishReason?: ChatChoice['finishReason'];
      readonly usage?: Usage;
      readonly warnings?: readonly Warning[];
      /** Thrown in place of the finish. */
      readonly fails?: QwireError;
      /** Pieces that the text is streamed in. */
      readonly deltas?: readonly string[];
    };

export interface FakeClient extends Pick<Client, 'chat' | 'stream'> {
  /** What was asked, and by which method. */
  readonly calls: {
    readonly method: 'chat' | 'stream';
    readonly request: ChatRequest;
    readonly options: CallOptions;
  }[];
}

/** A client that gives these replies one after the other. It refuses what a client refuses before the network. */
export function createFakeClient(...scripts: readonly Script[]): FakeClient {
  const calls: FakeClient['calls'] = [];

  return {
    calls,
    async chat(request, options = {}) {
      const { response, script } = take('chat', request, options);
      if (script.fails) throw script.fails;
      return withObject(response, request);
    },
    stream(request, options = {}) {
      return new LazyStream(
        async () => {
          const { response, script } = take('stream', request, options);
          const rest = () => ({ warnings: response.warnings, raw: undefined });
          return { operation: 'stream', events: events(response, script), rest };
        },
        async (response) => withObject(response, request),
      );
    },
  };

  function take(method: 'chat' | 'stream', request: ChatRequest, options: CallOptions) {
    if (options.signal?.aborted) throw abortedError(options.signal.reason);
    checkChatRequest(request);
    const given = scripts[calls.length];
    if (given === undefined) throw new Error('More was asked than is scripted');
    calls.push({ method, request, options });
    const script = typeof given === 'string' ? { text: given } : given;
    return { script, response: createReply(script) };
  }
}

async function* events(response: ChatResponse, { fails, deltas }: Exclude<Script, string>) {
  const all: ChatEvent[] = [];
  emitResponse(response, (event) => void all.push(event));
  for (const event of all) {
    if (event.type === 'text-delta' && deltas) {
      for (const text of deltas) yield { type: 'text-delta', text } as const;
    } else if (event.type === 'finish' && fails) {
      throw fails;
    } else yield event;
  }
}

function createReply(script: Exclude<Script, string>): ChatResponse {
  const { calls = [], deltas = [] } = script;
  const choice = createChoice({
    text: script.text ?? deltas.join(''),
    reasoning: script.reasoning,
    toolCalls: calls.map(([name, text, id = ''], index) =>
      createToolCall({ index, id, name, arguments: text }),
    ),
    finishReason: script.finishReason ?? (calls.length > 0 ? 'tool-calls' : 'stop'),
    rawFinishReason: undefined,
  });
  return createResponse([choice], {
    usage: script.usage ?? unreportedUsage,
    sources: [],
    warnings: script.warnings ?? [],
    requestId: undefined,
    model: 'm',
    raw: undefined,
  });
}
