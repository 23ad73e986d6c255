import { authorize, checkWorkspace } from '../authorize.ts';
import { CallRecorder } from '../call-recorder.ts';
import type { RequestContext, WrittenRefusal } from '../chat-wire.ts';
import { writeRefusal as writeNativeRefusal } from '../dashscope/errors.ts';
import type { WireName } from '../emulator.ts';
import { findModel, isGranted } from '../find-model.ts';
import type { KnownModel } from '../models.ts';
import { writeRefusal as writeCompatibleRefusal } from '../openai-compatible/errors.ts';
import { invalidParameter, Refusal } from '../refusal.ts';
import { serviceHeaders } from '../service-headers.ts';
import type { Studio } from '../studio.ts';

/** How one wire lists models. */
export interface Listing {
  readonly wire: WireName;
  readonly path: string;
  readonly offers: (model: KnownModel) => boolean;
  /** @throws Refusal 400 */
  readonly write: (
    models: readonly KnownModel[],
    asked: { readonly query: URLSearchParams; readonly requestId: string },
  ) => object;
  readonly writeRefusal: (refusal: Refusal, context: RequestContext) => WrittenRefusal;
}

/** Not documented; the shape is what was seen of it, without pages. */
export const compatibleListing: Listing = {
  wire: 'openai-compatible',
  path: '/compatible-mode/v1/models',
  offers: ({ compatible }) => compatible,
  write: (models) => ({
    object: 'list',
    data: models.map(({ id }) => ({ id, object: 'model', created, owned_by: 'system' })),
  }),
  writeRefusal: writeCompatibleRefusal,
};

/** As documented in September 2026, of each entry the members that an emulator knows. */
export const nativeListing: Listing = {
  wire: 'dashscope',
  path: '/api/v1/models',
  offers: () => true,
  write(models, { query, requestId }) {
    const [pageNo, pageSize] = [readCount(query, 'page_no', 1), readCount(query, 'page_size', 20)];
    const wanted = query.get('model');
    const found = wanted === null ? models : models.filter(({ id }) => id === wanted);
    const page = found.slice((pageNo - 1) * pageSize, pageNo * pageSize);
    return {
      success: true,
      output: { total: found.length, page_no: pageNo, page_size: pageSize, models: page.map(describe) },
      request_id: requestId,
    };
  },
  writeRefusal: writeNativeRefusal,
};

/** Lists the models that the key's workspace was granted. It costs nothing. */
export function answerListing(request: Request, listing: Listing, studio: Studio): Response {
  const { wire } = listing;
  const recorder = new CallRecorder(studio, { request, wire, body: undefined, stream: false, billed: false });
  const { requestId, at } = recorder;
  const headers = () => serviceHeaders({ requestId, at, now: studio.now() });
  try {
    const workspace = authorize(request, studio.config);
    recorder.workspace = { id: workspace.id, name: workspace.name ?? workspace.id };
    checkWorkspace(request, workspace);
    const models = [...studio.models.values()].filter(
      (model) => findModel(model.id, studio) && listing.offers(model) && isGranted(model, workspace),
    );
    const { searchParams: query } = new URL(request.url);
    const body = listing.write(models, { query, requestId });
    recorder.finish(undefined);
    return Response.json(body, { headers: headers() });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recorder.fail(error);
    const { quirks } = studio.config;
    const context = { requestId, at, request, quirks, stream: false, routed: false };
    const { status, contentType, body } = listing.writeRefusal(error, context);
    return new Response(body, { status, headers: { ...headers(), 'content-type': contentType } });
  }
}

/** In seconds since 1970, the same for all: when models were made is not known here. */
const created = 1_728_632_023;

function describe({ id, maxInput, maxOutput }: KnownModel): object {
  return {
    model: id,
    name: id,
    model_info: {
      context_window: maxInput + maxOutput,
      max_input_tokens: maxInput,
      max_output_tokens: maxOutput,
    },
  };
}

function readCount(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw invalidParameter(`Required parameter(${name}) missing or invalid`);
  return Number(text);
}
