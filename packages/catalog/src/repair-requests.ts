import type {
  CallResult,
  ChatCall,
  ChatResponse,
  EmbedCall,
  EmbedRequest,
  EmbedResponse,
  Interceptor,
  Next,
  StreamResult,
} from '@qwire/core';
import { checkMembers, invalid, isRecord, ResponseCollector } from '@qwire/core/adapter-kit';
import { chatRepairs } from './chat-repairs.ts';
import { type Catalog, catalog as documented } from './create-catalog.ts';
import { embedRepairs } from './embed-repairs.ts';
import { type EmbedPiece, joinEmbeddings } from './join-embeddings.ts';
import { repair } from './repair.ts';

export interface RepairOptions {
  /** The facts to go by; those of this package unless given. */
  readonly catalog?: Catalog;
  /** Refuses before the network what would otherwise be changed; false unless given. */
  readonly strict?: boolean;
}

type Settings = Required<RepairOptions>;

/**
 * Changes requests that the model would refuse into ones that it takes. Each change is a warning on the reply. A model
 * of which nothing is known is sent what was asked for; `extra` is not looked into.
 *
 * @throws QwireError of kind `configuration` for an option that is unknown or of the wrong type. The calls throw one of
 * kind `invalid-request`, with the member and the fix, for what cannot be changed honestly, and when `strict` for all.
 */
export function repairRequests(options: RepairOptions = {}): Interceptor {
  checkOptions(options);
  const { catalog = documented, strict = false } = options;
  const settings = { catalog, strict };
  return (next) => (call) => {
    if (call.operation === 'other') return next(call);
    return call.operation === 'embed' ? embed(call, next, settings) : chat(call, next, settings);
  };
}

function checkOptions(options: unknown): void {
  const kind = 'configuration';
  checkMembers(options, ['catalog', 'strict'], { field: '', kind });
  const { catalog = documented, strict = false } = options;
  if (!isRecord(catalog) || typeof catalog.findModel !== 'function') {
    throw invalid('catalog', 'must be what createCatalog() returns', kind);
  }
  if (typeof strict !== 'boolean') throw invalid('strict', 'must be true or false', kind);
}

async function chat(call: ChatCall, next: Next, { catalog, strict }: Settings): Promise<CallResult> {
  const model = catalog.findModel(call.request.model);
  const { asked, warnings } = repair(
    { request: call.request, stream: call.operation === 'stream', facts: model?.facts ?? {} },
    model ? chatRepairs.known : chatRepairs.unknown,
    strict,
  );
  if (warnings.length === 0) return next(call);
  const { request } = asked;
  const isCollected = asked.stream && call.operation === 'chat';
  const result = await next(isCollected ? { ...call, operation: 'stream', request } : { ...call, request });
  if (result.operation === 'stream') {
    const rest = () => withWarnings(result.rest());
    const stream: StreamResult = { ...result, rest };
    return isCollected ? { operation: 'chat', response: await collect(stream) } : stream;
  }
  return result.operation === 'chat' ? { ...result, response: withWarnings(result.response) } : result;

  function withWarnings<R extends Pick<ChatResponse, 'warnings'>>(reply: R): R {
    return { ...reply, warnings: [...warnings, ...reply.warnings] };
  }
}

async function collect({ events, rest }: StreamResult): Promise<ChatResponse> {
  const collector = new ResponseCollector();
  for await (const event of events) collector.add(event);
  return collector.response(rest());
}

async function embed(call: EmbedCall, next: Next, { catalog, strict }: Settings): Promise<CallResult> {
  const facts = catalog.findModel(call.request.model)?.facts ?? {};
  const { asked, warnings } = repair({ request: call.request, rest: [], facts }, embedRepairs, strict);
  if (warnings.length === 0) return next(call);
  const first = await send(asked.request);
  const pieces: EmbedPiece[] = [];
  let before = countTexts(asked.request);
  // One after the other: together they would be a burst.
  for (const request of asked.rest) {
    pieces.push({ before, response: await send(request) });
    before += countTexts(request);
  }
  const joined = joinEmbeddings(first, pieces);
  return { operation: 'embed', response: { ...joined, warnings: [...warnings, ...joined.warnings] } };

  async function send(request: EmbedRequest): Promise<EmbedResponse> {
    const result = await next({ ...call, request });
    if (result.operation === 'embed') return result.response;
    throw new TypeError(`An interceptor answered embed with the result of ${result.operation}`);
  }
}

function countTexts({ input }: EmbedRequest): number {
  return typeof input === 'string' ? 1 : input.length;
}
