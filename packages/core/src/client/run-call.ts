import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse, Warning } from '../chat-response.ts';
import type { FailedTry, StreamResult } from '../client.ts';
import type { EmbedRequest, EmbedResponse } from '../embed.ts';
import type { Endpoint } from '../endpoint.ts';
import { inlineMedia } from '../media.ts';
import { mendToolCalls } from '../mend-tool-calls.ts';
import { QwireError, type TimeoutLimit } from '../qwire-error.ts';
import type { ResponseHead, TransportRequest } from '../transport.ts';
import type { WireFormat, WireRequest } from '../wire-format.ts';
import { addHeaders } from './add-headers.ts';
import { Attempt } from './attempt.ts';
import { awaitKey } from './await-key.ts';
import { EventSource } from './event-source.ts';
import { createFetchTransport } from './fetch-transport.ts';
import { BodyReader, readText } from './read-body.ts';
import { defaultRetries, retryDelayMs, wait } from './retry.ts';
import type { Secret } from './secret.ts';
import { type Opened, send } from './send.ts';
import type { Setup } from './setup.ts';
import { abortedError, Watch } from './watch.ts';

/** A call with its request written and its address known. */
interface Prepared extends Setup {
  readonly wireRequest: WireRequest;
  readonly endpoint: Endpoint;
  readonly readError: WireFormat['readError'];
  /** Goes to an address that is not the service's: without the key and the client's own headers. */
  readonly elsewhere?: true;
}

/** A form for an address that the service named. */
export interface FormRequest {
  readonly url: string;
  readonly body: FormData;
  readonly readError: WireFormat['readError'];
}

/** Lets a stream be left before its first event has arrived, which would otherwise be tried for again. */
export interface Leaving {
  left: boolean;
  onLeave?: (() => void) | undefined;
}

/** How the body of a reply is read. */
export type ReadReply<Reply> = (body: string, head: ResponseHead) => Reply;

interface Warned {
  readonly warnings: readonly Warning[];
}

/** @throws QwireError */
export async function runChat(request: ChatRequest, setup: Setup): Promise<ChatResponse> {
  const { wire } = setup.client;
  const preparing = prepareChat(request, setup, { stream: false });
  const prepared = preparing instanceof Promise ? await preparing : preparing;
  return runReply(prepared, (body, head) => wire.readChat(body, { request, head }));
}

/** @throws QwireError */
export async function runEmbed(request: EmbedRequest, setup: Setup): Promise<EmbedResponse> {
  const { wire } = setup.client;
  const prepared = prepare(wire.writeEmbed(request), setup);
  return runReply(prepared, (body, head) => wire.readEmbed(body, { request, head }));
}

/**
 * The events of a call, after the first has arrived; until then the request is repeated when it may be.
 *
 * @throws QwireError
 */
export async function runStream(
  request: ChatRequest,
  setup: Setup,
  leaving: Leaving = { left: false },
): Promise<StreamResult> {
  const prepared = await prepareChat(request, setup, { stream: true });
  const watch = new Watch(prepared.timeouts, setup.call.signal);
  leaving.onLeave = () => watch.end(abortedError('the stream was left'));
  try {
    if (leaving.left) leaving.onLeave();
    return await withRetries(prepared, watch, () => tryStream(prepared, watch, request));
  } catch (error) {
    watch.close();
    throw error;
  } finally {
    leaving.onLeave = undefined;
  }
}

/** @throws QwireError */
export async function runRequest<Reply extends Warned>(
  request: WireRequest,
  read: ReadReply<Reply>,
  setup: Setup,
): Promise<Reply> {
  return runReply(prepare(request, setup), read);
}

/**
 * Sends a form to an address that the service named; neither the key nor the client's own headers go there.
 *
 * @throws QwireError
 */
export async function runForm<Reply extends Warned>(
  { url, body, readError }: FormRequest,
  read: ReadReply<Reply>,
  setup: Setup,
): Promise<Reply> {
  const endpoint = { ...setup.client.endpoint(), baseURL: url, headers: {} };
  const wireRequest = { path: '', headers: {}, body, warnings: [] };
  return runReply({ ...setup, wireRequest, endpoint, readError, elsewhere: true }, read);
}

/** The request made such that a wire can say it, and written by it; at once unless media have to be read. */
function prepareChat(
  request: ChatRequest,
  setup: Setup,
  context: { readonly stream: boolean },
): Prepared | Promise<Prepared> {
  const mended = mendToolCalls(request);
  const sayable = inlineMedia(mended.request);
  return sayable instanceof Promise ? sayable.then(write) : write(sayable);

  function write(inlined: ChatRequest): Prepared {
    const written = setup.client.wire.writeChat(inlined, context);
    const wireRequest =
      mended.warnings.length > 0
        ? { ...written, warnings: [...mended.warnings, ...written.warnings] }
        : written;
    return prepare(wireRequest, queued(setup, request));
  }
}

/** A call that is answered in one piece. */
async function runReply<Reply extends Warned>(prepared: Prepared, read: ReadReply<Reply>): Promise<Reply> {
  const watch = new Watch(prepared.timeouts, prepared.call.signal);
  try {
    return await withRetries(prepared, watch, () => tryReply(prepared, watch, read));
  } finally {
    watch.close();
  }
}

function prepare(wireRequest: WireRequest, setup: Setup): Prepared {
  const { client } = setup;
  return { ...setup, wireRequest, endpoint: client.endpoint(), readError: client.wire.readError };
}

/** The answer begins later by as long as the service may keep the call waiting. */
function queued(setup: Setup, { queueMs }: ChatRequest): Setup {
  if (queueMs === undefined) return setup;
  const { connectMs, firstEventMs } = setup.timeouts;
  const timeouts = {
    ...setup.timeouts,
    connectMs: connectMs + queueMs,
    firstEventMs: firstEventMs + queueMs,
  };
  return { ...setup, timeouts };
}

async function withRetries<T>(prepared: Prepared, watch: Watch, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      if (watch.callFailure) throw watch.callFailure;
      return await run();
    } catch (error) {
      if (
        !QwireError.is(error) ||
        watch.callFailure ||
        tries > (prepared.maxRetries ?? defaultRetries(error))
      )
        throw error;
      const delayMs = retryDelayMs(error, { tries, random: Math.random });
      if (delayMs === undefined) throw error;
      await pause({ error, tries, delayMs }, prepared, watch);
    }
  }
}

/** Says that there is another try, and waits for it. */
async function pause(failed: Omit<FailedTry, 'signal'>, prepared: Prepared, watch: Watch): Promise<void> {
  const { error, tries, delayMs } = failed;
  const { kind, code, status, requestId } = error;
  prepared.client.logger?.warn('qwire: the call failed and is repeated', {
    kind,
    code,
    status,
    requestId,
    tries,
    delayMs: Math.round(delayMs),
  });
  const failedAt = performance.now();
  const controller = new AbortController();
  watch.over({ cancel: (reason) => controller.abort(reason) });
  try {
    await prepared.call.beforeRetry?.({ ...failed, signal: controller.signal });
    await wait(Math.max(0, delayMs - (performance.now() - failedAt)), controller.signal);
  } finally {
    watch.over(undefined);
  }
}

async function tryReply<Reply extends Warned>(
  prepared: Prepared,
  watch: Watch,
  read: ReadReply<Reply>,
): Promise<Reply> {
  const { warnings } = prepared.wireRequest;
  const { attempt, opened } = await openResponse(prepared, watch, ['firstEventMs']);
  try {
    const text = await readText(new BodyReader(opened, watch));
    const reply = attempt.readReply(text, (body) => read(body, opened.response));
    return warnings.length > 0 ? { ...reply, warnings: [...warnings, ...reply.warnings] } : reply;
  } catch (cause) {
    throw attempt.toError(cause);
  } finally {
    watch.endTry();
  }
}

async function tryStream(prepared: Prepared, watch: Watch, request: ChatRequest): Promise<StreamResult> {
  const { warnings } = prepared.wireRequest;
  const { wire } = prepared.client;
  const { attempt, opened } = await openResponse(prepared, watch, ['connectMs', 'firstEventMs']);
  const events = new EventSource({
    body: new BodyReader(opened, watch),
    attempt,
    wire,
    request,
    head: opened.response,
  });
  await events.open();
  const rest = () => {
    const { raw, usage, warnings: later } = events.rest;
    return { raw, usage, warnings: [...warnings, ...later] };
  };
  return { operation: 'stream', events, rest };
}

/** One request and the head of its response, which the first of the limits is for; the others run on. */
async function openResponse(
  prepared: Prepared,
  watch: Watch,
  limits: readonly [TimeoutLimit, ...TimeoutLimit[]],
): Promise<{ readonly attempt: Attempt; readonly opened: Opened }> {
  const { client, timeouts, elsewhere } = prepared;
  const { keys } = client;
  const read = elsewhere ? undefined : awaitKey(keys, watch, timeouts.connectMs);
  const apiKey = read instanceof Promise ? await read : read;
  const attempt = new Attempt(prepared, { watch, apiKey });
  try {
    for (const limit of limits) watch.start(limit);
    const request = createRequest(prepared, apiKey);
    if (apiKey && keys.isIn(request.url, apiKey)) throw keyInURL();
    client.logger?.debug('qwire: sends a request', { wire: client.wire.name, url: request.url });
    const transport = client.transport ?? createFetchTransport(client.fetch ?? globalThis.fetch);
    const opened = await send(request, { transport, watch });
    watch.stop(limits[0]);
    const { status, headers } = opened.response;
    attempt.head = opened.response;
    if (status >= 200 && status < 300) return { attempt, opened };
    const body = await readText(new BodyReader(opened, watch));
    attempt.learn();
    // Concealed as it came: what is read of it may be a part only. Failures are never this long.
    throw prepared.readError({ status, headers, body: keys.text(body.slice(0, 2 ** 20)) });
  } catch (cause) {
    const error = attempt.toError(cause);
    watch.endTry();
    throw error;
  }
}

/** What is sent, with the headers of the wire, the client and the call. */
function createRequest(prepared: Prepared, apiKey: Secret | undefined): TransportRequest {
  const { wireRequest, endpoint, client, call, elsewhere } = prepared;
  const { method = 'POST', path, body } = wireRequest;
  const isWritten = body === undefined || isForm(body);
  const headers: Record<string, string> = {};
  // The platform writes the one of a form, which names its boundary.
  if (!isWritten) headers['content-type'] = 'application/json';
  addHeaders(headers, wireRequest.headers);
  addHeaders(headers, endpoint.headers);
  if (apiKey) headers.authorization = `Bearer ${apiKey.reveal()}`;
  if (!elsewhere) {
    addHeaders(headers, client.headers);
    addHeaders(headers, call.headers);
  }
  const url = elsewhere ? endpoint.baseURL : client.url(path);
  return { method, url, headers, body: isWritten ? body : JSON.stringify(body) };
}

/** Without naming the class, which Node loads much else for. */
function isForm(body: object): body is FormData {
  return Object.prototype.toString.call(body) === '[object FormData]';
}

/** Addresses are logged by everything that they pass. */
function keyInURL(): QwireError {
  return new QwireError('baseURL: the address of the call holds the key', {
    kind: 'configuration',
    field: 'baseURL',
    hint: 'Leave the key out of the base URL, the workspace id and the model; the client sends it in a header.',
  });
}
