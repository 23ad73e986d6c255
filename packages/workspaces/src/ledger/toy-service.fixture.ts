import { type Capabilities, type ClientOptions, QwireError, type Usage } from '@qwire/core';
import {
  createChoice,
  createClient,
  createResponse,
  EventWriter,
  unreportedUsage,
  type WireFormat,
} from '@qwire/core/adapter-kit';

/** What the toy service is told to do with one request; sent as the text of the message. */
export interface Script {
  readonly requestId?: string;
  readonly usage?: Usage;
  /** Answers with this status instead. */
  readonly status?: number;
  /** Of a stream: what follows the first piece of text; ends well unless given. */
  readonly ends?: 'error' | 'stall' | 'cut';
  /** Of a stream: the usage comes with the first piece, not with the last. */
  readonly usageFirst?: boolean;
}

export const someUsage: Usage = { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 };

export function say(script: Script = {}, model = 'qwen-plus') {
  return { model, messages: [{ role: 'user', content: JSON.stringify(script) }] } as const;
}

/** A client of a service that does what it is told, with what it has served. */
export function createToyClient(options: ClientOptions = {}) {
  const served: Script[] = [];
  const fetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    const script = JSON.parse(String(init.body)) as Script & { stream: boolean };
    served.push(script);
    init.signal?.throwIfAborted();
    if (script.status !== undefined) return new Response('refused', { status: script.status });
    if (!script.stream) return Response.json(script);
    return new Response(frames(script, init.signal), { headers: { 'content-type': 'text/event-stream' } });
  };
  const client = createClient(toyWire, {
    apiKey: 'sk-toy',
    region: 'singapore',
    workspaceId: 'llm-toy',
    fetch: fetch as typeof globalThis.fetch,
    ...options,
  });
  return { client, served };
}

function frames(script: Script, signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
  const { ends, usage, usageFirst } = script;
  const encode = (frame: object) => new TextEncoder().encode(`data: ${JSON.stringify(frame)}\n\n`);
  return new ReadableStream({
    start(controller) {
      controller.enqueue(
        encode({ requestId: script.requestId, text: 'one ', ...(usageFirst ? { usage } : {}) }),
      );
      signal?.addEventListener('abort', () => controller.error(signal.reason));
      if (ends === 'stall') return;
      if (ends === 'error') controller.enqueue(encode({ error: 'broken' }));
      if (!ends) controller.enqueue(encode({ text: 'two', end: true, ...(usageFirst ? {} : { usage }) }));
      controller.close();
    },
  });
}

interface Frame {
  readonly requestId?: string;
  readonly text?: string;
  readonly usage?: Usage;
  readonly end?: boolean;
  readonly error?: string;
}

const toyWire: WireFormat = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: {} as Capabilities,
  writeChat(request, { stream }) {
    if (request.seed === 13) throw new QwireError('seed: not 13', { kind: 'invalid-request', field: 'seed' });
    const script = JSON.parse(String(request.messages[0]?.content)) as Script;
    return { path: '/say', headers: {}, body: { ...script, stream }, warnings: [] };
  },
  readChat(body, { request }) {
    const { requestId, usage = unreportedUsage } = JSON.parse(body) as Script;
    const answer = { text: 'one two', reasoning: undefined, toolCalls: [] };
    const choice = createChoice({ ...answer, finishReason: 'stop', rawFinishReason: 'stop' });
    const { model } = request;
    return createResponse([choice], { usage, sources: [], warnings: [], requestId, model, raw: body });
  },
  createStreamReader({ request, emit }) {
    const writer = new EventWriter(emit);
    let done = false;
    return {
      get done() {
        return done;
      },
      raw: undefined,
      get usage() {
        return writer.reported;
      },
      end: () => writer.end(),
      read({ data }) {
        const frame = JSON.parse(data) as Frame;
        if (frame.error)
          throw new QwireError(frame.error, { kind: 'unavailable', code: 'Broken', status: 500 });
        writer.start(frame.requestId, request.model);
        if (frame.text) writer.text(frame.text);
        const { usage } = frame;
        if (usage) writer.usage(usage, () => usage);
        if (!frame.end) return;
        writer.finish('stop', 'stop');
        done = true;
      },
    };
  },
  writeEmbed: ({ input }) => ({
    path: '/embed',
    headers: {},
    body: JSON.parse(String(input)) as Readonly<Record<string, unknown>>,
    warnings: [],
  }),
  readEmbed(body, { request }) {
    const { requestId, usage = unreportedUsage } = JSON.parse(body) as Script;
    return { embeddings: [], usage, warnings: [], requestId, model: request.model, raw: body };
  },
  readError: ({ status, body }) =>
    new QwireError(body, {
      kind: status === 503 ? 'unavailable' : 'invalid-request',
      code: `Status${status}`,
      status,
      retryable: status === 503,
      retryAfterMs: 1,
      requestId: `refused-${status}`,
    }),
};
