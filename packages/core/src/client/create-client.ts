import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse } from '../chat-response.ts';
import { readingRequest } from '../check.ts';
import { checkEmbedRequest } from '../check-embed.ts';
import { checkCallOptions, checkClientOptions } from '../check-options.ts';
import { checkChatRequest } from '../check-request.ts';
import type { Call, CallOptions, CallResult, Client, ClientOptions, Next } from '../client.ts';
import { QwireError } from '../qwire-error.ts';
import { withObject } from '../response-object.ts';
import type { WireFormat } from '../wire-format.ts';
import { LazyStream } from './chat-stream.ts';
import { type Leaving, runChat, runEmbed, runStream } from './run-call.ts';
import { createClientSetup, createSetup } from './setup.ts';

type ResultOf<O extends Call['operation']> = Extract<CallResult, { readonly operation: O }>;

const noOptions: CallOptions = Object.freeze({});

/**
 * A client that speaks the given wire format.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type. What is missing shows
 * at the first call, so that the environment may still be set.
 */
export function createClient(wire: WireFormat, options: ClientOptions = {}): Client {
  checkClientOptions(options);
  const client = createClientSetup(wire, options);
  const interceptors: readonly ((next: Next) => Next)[] = options.interceptors ?? [];

  return {
    wire: wire.name,
    get workspace() {
      return client.workspace();
    },
    async chat(request, callOptions = noOptions) {
      checkCall(callOptions, request, checkChatRequest);
      const { response } = await run({ operation: 'chat', request, ...context(callOptions) }, 'chat');
      return complete(response, request, callOptions);
    },
    stream(request, callOptions = noOptions) {
      return new LazyStream(
        async (leaving) => {
          checkCall(callOptions, request, checkChatRequest);
          return run({ operation: 'stream', request, ...context(callOptions) }, 'stream', leaving);
        },
        (response) => complete(response, request, callOptions),
      );
    },
    async embed(request, callOptions = noOptions) {
      checkCall(callOptions, request, checkEmbedRequest);
      const { response } = await run({ operation: 'embed', request, ...context(callOptions) }, 'embed');
      return response;
    },
  };

  /** What failed holds the reply, which holds the key when the service repeats it. */
  function complete<T>(
    response: ChatResponse,
    request: ChatRequest<T>,
    { headers }: CallOptions,
  ): ChatResponse<T> | Promise<ChatResponse<T>> {
    const completed = withObject(response, request);
    if (!(completed instanceof Promise)) return completed;
    return completed.catch((error) => {
      client.keys.learn(undefined, client.headers, headers);
      throw QwireError.is(error) ? client.keys.error(error) : error;
    });
  }

  /** Requests are checked before any interceptor sees them. */
  function checkCall<R extends object>(
    callOptions: CallOptions,
    request: R,
    check: (request: R) => void,
  ): void {
    if (callOptions !== noOptions) checkCallOptions(callOptions);
    readingRequest(request, () => check(request));
  }

  function context(callOptions: CallOptions) {
    return { options: callOptions, wire: wire.name, workspace: client.workspace() };
  }

  async function run<O extends Call['operation']>(
    call: Call,
    operation: O,
    leaving?: Leaving,
  ): Promise<ResultOf<O>> {
    const next = interceptors.reduceRight<Next>(wrapped, (sent) => send(sent, leaving));
    // Interceptors are somebody else's, and may give anything.
    const result: CallResult | undefined = await next(call);
    if (result?.operation !== operation) {
      const given = result?.operation ?? 'nothing';
      throw new TypeError(`An interceptor answered ${operation} with the result of ${given}`);
    }
    return result as ResultOf<O>;
  }

  async function send(call: Call, leaving?: Leaving): Promise<CallResult> {
    const using = createSetup(client, call.options);
    switch (call.operation) {
      case 'chat':
        return { operation: 'chat', response: await runChat(call.request, using) };
      case 'stream':
        return runStream(call.request, using, leaving);
      case 'embed':
        return { operation: 'embed', response: await runEmbed(call.request, using) };
      case 'other':
        throw new TypeError(`An interceptor made ${call.name} of another call`);
    }
  }
}

function wrapped(inner: Next, interceptor: (next: Next) => Next): Next {
  const next: unknown = interceptor(inner);
  if (typeof next !== 'function') throw new TypeError('An interceptor gave no function that makes the call');
  return next as Next;
}
