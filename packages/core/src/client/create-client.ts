import type { ChatRequest } from '../chat-request.ts';
import { checkCallOptions, checkClientOptions } from '../check-options.ts';
import { checkChatRequest } from '../check-request.ts';
import type { Call, CallOptions, CallResult, Client, ClientOptions, Next, Timeouts } from '../client.ts';
import { environmentVariable } from '../environment.ts';
import { withObject } from '../response-object.ts';
import type { WireFormat } from '../wire-format.ts';
import { createChatStream, type OpenedStream } from './chat-stream.ts';
import { runChat, runStream, type Setup } from './run-call.ts';

const defaultTimeouts = {
  connectMs: 60_000,
  firstEventMs: 300_000,
  idleMs: 120_000,
  totalMs: Number.POSITIVE_INFINITY,
};

/**
 * A client that speaks the given wire format.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type. What is missing shows
 * at the first call, so that the environment may still be set.
 */
export function createClient(wire: WireFormat, options: ClientOptions = {}): Client {
  checkClientOptions(options);
  const interceptors = options.interceptors ?? [];
  const workspace = () => options.workspaceId ?? environmentVariable('DASHSCOPE_WORKSPACE');

  return {
    wire: wire.name,
    get workspace() {
      return workspace();
    },
    async chat(request, callOptions = {}) {
      const run: Next = async (call) => ({
        operation: 'chat',
        response: await runChat(call.request, setup(call.options)),
      });
      const result = await intercepted(run)(createCall('chat', request, callOptions));
      if (result.operation !== 'chat')
        throw new TypeError('An interceptor answered a chat call with a stream');
      return withObject(result.response, request);
    },
    stream(request, callOptions = {}) {
      return createChatStream(
        () => openStream(request, callOptions),
        (response) => withObject(response, request),
      );
    },
  };

  async function openStream(request: ChatRequest, callOptions: CallOptions): Promise<OpenedStream> {
    let rest: OpenedStream['rest'] = () => ({ warnings: [], raw: undefined });
    const run: Next = async (call) => {
      const opened = await runStream(call.request, setup(call.options));
      rest = opened.rest;
      return { operation: 'stream', events: opened.events };
    };
    const result: CallResult = await intercepted(run)(createCall('stream', request, callOptions));
    if (result.operation !== 'stream')
      throw new TypeError('An interceptor answered a stream with a chat reply');
    return { events: result.events, rest: () => rest() };
  }

  function intercepted(run: Next): Next {
    return interceptors.reduceRight((next, interceptor) => interceptor(next), run);
  }

  /** The request is checked before any interceptor sees it. */
  function createCall(operation: Call['operation'], request: ChatRequest, callOptions: CallOptions): Call {
    checkCallOptions(callOptions);
    checkChatRequest(request);
    return { operation, request, options: callOptions, wire: wire.name, workspace: workspace() };
  }

  function setup(callOptions: CallOptions): Setup {
    return {
      wire,
      client: options,
      call: callOptions,
      maxRetries: callOptions.maxRetries ?? options.maxRetries ?? 2,
      timeouts: { ...defaultTimeouts, ...given(options.timeouts), ...given(callOptions.timeouts) },
    };
  }
}

/** Without members that are there and undefined, which would hide the defaults. */
function given(timeouts: Timeouts = {}): Timeouts {
  return Object.fromEntries(Object.entries(timeouts).filter(([, value]) => value !== undefined));
}
