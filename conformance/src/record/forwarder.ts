import { http } from 'msw';
import type { WireName } from '../case-schema.ts';
import { startLoopbackServer } from '../loopback-server.ts';

/** Where a request is sent on to. */
export interface Upstream {
  readonly wireFormat: WireName;
  /** Whole address, query included. */
  readonly url: string;
  /** Below the wire's root. */
  readonly path: string;
  /** Added to the request's own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One exchange that was sent on, with every byte of it. Holds keys: keep it in memory only. */
export interface Forwarded {
  readonly wireFormat: WireName;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
  /** `undefined` when no reply came. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly chunks: readonly { readonly bytes: number; readonly atMs: number }[];
  /** `cut`: the service broke the connection. `left`: the client did. */
  readonly ended: 'closed' | 'cut' | 'left';
}

export interface ForwarderOptions {
  /** Where a request goes; `undefined`: nowhere, and it gets 404. */
  readonly route: (request: Request) => Upstream | undefined;
  /** Asked before each request is sent on; `false` breaks the connection in its place. */
  readonly mayForward?: () => boolean;
  /** Called when an exchange has ended. */
  readonly onExchange: (exchange: Forwarded) => void;
  /** A free one unless given. */
  readonly port?: number;
}

export interface Forwarder {
  /** Such as `http://127.0.0.1:4711`. */
  readonly origin: string;
  /** Resolves when no exchange is under way, or after half a second. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** How long a reply is read on for when its client has left, in milliseconds. */
const graceMs = 200;

/** Headers that belong to one connection, or would change the bytes on the next. */
const notForwarded: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A server on loopback that sends requests on and brings the replies back chunk by chunk, and keeps both. */
export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  let open = 0;
  const handler = http.all('*', async ({ request }) => {
    const upstream = options.route(request);
    if (!upstream) return new Response('Nothing is sent on from here', { status: 404 });
    if (options.mayForward?.() === false) return Response.error();
    open += 1;
    return forward(request, upstream, (exchange) => {
      open -= 1;
      options.onExchange(exchange);
    });
  });
  const { origin, stop } = await startLoopbackServer([handler], { port: options.port ?? 0 });
  return {
    origin,
    stop,
    async settled() {
      const until = performance.now() + 500;
      while (open > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 2));
    },
  };
}

async function forward(
  request: Request,
  { wireFormat, url, path, headers: added }: Upstream,
  onEnd: (exchange: Forwarded) => void,
): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const headers = { ...withoutHopHeaders(request.headers), ...added };
  const startedAt = performance.now();
  const kept = { wireFormat, request: { method: request.method, path, headers, body } };
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  request.signal.addEventListener('abort', leave, { once: true });
  let response: Response;
  try {
    response = await fetch(url, {
      method: request.method,
      headers: { ...headers, 'accept-encoding': 'identity' },
      ...(body.length > 0 && { body }),
      // A key must reach no other host.
      redirect: 'manual',
      signal: leaving.signal,
    });
  } catch {
    const ended = request.signal.aborted ? 'left' : 'cut';
    onEnd({ ...kept, status: undefined, headers: {}, body: new Uint8Array(), chunks: [], ended });
    return Response.error();
  } finally {
    // From here on, the reply's own reader notices.
    request.signal.removeEventListener('abort', leave);
  }
  const replyHeaders = withoutHopHeaders(response.headers);
  const parts: Uint8Array[] = [];
  const chunks: { bytes: number; atMs: number }[] = [];
  let hasEnded = false;
  const end = (ended: Forwarded['ended']): void => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd({
      ...kept,
      status: response.status,
      headers: replyHeaders,
      body: new Uint8Array(Buffer.concat(parts)),
      chunks,
      ended,
    });
  };
  if (!response.body) {
    end('closed');
    return new Response(null, { status: response.status, headers: replyHeaders });
  }
  const reader = response.body.getReader();
  const keep = (part: Uint8Array): void => {
    parts.push(part);
    chunks.push({ bytes: part.length, atMs: Math.round(performance.now() - startedAt) });
  };
  /** A client may leave once it has read all that it wants; what follows at once belongs to the reply. */
  const readOn = async (): Promise<boolean> => {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), graceMs).unref());
    for (;;) {
      const next = await Promise.race([reader.read().catch(() => undefined), late]);
      if (next === undefined) return false;
      if (next.done) return true;
      keep(next.value);
    }
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            end('closed');
            controller.close();
            return;
          }
          keep(value);
          controller.enqueue(value);
        } catch (error) {
          end(request.signal.aborted ? 'left' : 'cut');
          controller.error(error);
        }
      },
      async cancel(reason) {
        end((await readOn()) ? 'closed' : 'left');
        await reader.cancel(reason).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { status: response.status, headers: replyHeaders });
}

function withoutHopHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !notForwarded.has(name)));
}
