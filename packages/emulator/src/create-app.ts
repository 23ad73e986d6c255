import { Hono } from 'hono';
import { answerCall } from './answer-call.ts';
import { answerFailure } from './answer-failure.ts';
import { CallRecorder } from './call-recorder.ts';
import type { ChatWire } from './chat-wire.ts';
import { embeddings as nativeEmbeddings } from './dashscope/embeddings.ts';
import { generation } from './dashscope/generation.ts';
import { answerEmbedding } from './embeddings/answer-embedding.ts';
import type { EmbeddingWire } from './embeddings/embedding-wire.ts';
import type { WireName } from './emulator.ts';
import { answerListing, compatibleListing, nativeListing } from './listing/answer-listing.ts';
import { chatCompletions } from './openai-compatible/chat-completions.ts';
import { embeddings as compatibleEmbeddings } from './openai-compatible/embeddings.ts';
import { documented, type Refusal } from './refusal.ts';
import { serviceHeaders } from './service-headers.ts';
import type { Studio } from './studio.ts';
import { answerForm, answerPolicy, storePath } from './uploads/answer-upload.ts';

const routes: readonly (readonly [path: string, wire: ChatWire])[] = [
  ['/compatible-mode/v1/chat/completions', chatCompletions],
  ['/api/v1/services/aigc/text-generation/generation', generation('text')],
  ['/api/v1/services/aigc/multimodal-generation/generation', generation('multimodal')],
];

const embeddingRoutes: readonly (readonly [path: string, wire: EmbeddingWire])[] = [
  ['/compatible-mode/v1/embeddings', compatibleEmbeddings],
  ['/api/v1/services/embeddings/text-embedding/text-embedding', nativeEmbeddings],
];

/** Where the emulator tells its bill over HTTP; the service has no such path. */
export const billPath = '/emulator/bill';

/** Both wires behind one fetch handler. */
export function createApp(studio: Studio): Hono {
  const app = new Hono();
  for (const [path, wire] of routes) {
    app.post(path, ({ req }) => answerCall(req.raw, wire, studio));
    app.all(path, ({ req }) =>
      refuse(req.raw, documented('method-not-supported', { method: req.method }), { wire, studio }),
    );
  }
  for (const [path, wire] of embeddingRoutes) {
    app.post(path, ({ req }) => answerEmbedding(req.raw, wire, studio));
    app.all(path, ({ req }) =>
      refuse(req.raw, documented('method-not-supported', { method: req.method }), { wire, studio }),
    );
  }
  const uploads = '/api/v1/uploads';
  app.get(uploads, ({ req }) => answerPolicy(req.raw, studio));
  app.all(uploads, ({ req }) => {
    const refusal = documented('method-not-supported', { method: req.method });
    return refuse(req.raw, refusal, { wire: generation('text'), studio });
  });
  app.post(storePath, ({ req }) => answerForm(req.raw, studio));
  for (const listing of [compatibleListing, nativeListing]) {
    app.get(listing.path, ({ req }) => answerListing(req.raw, listing, studio));
  }
  app.get(billPath, () => Response.json({ lines: studio.bill }));
  app.onError(answerFailure);
  app.notFound(({ req }) => {
    const wire = req.path.startsWith('/compatible-mode/') ? chatCompletions : generation('text');
    return refuse(req.raw, documented('not-found'), { wire, studio });
  });
  return app;
}

// What is refused before anyone looks at the key.
function refuse(
  request: Request,
  refusal: Refusal,
  { wire, studio }: { readonly wire: ChatWire | EmbeddingWire; readonly studio: Studio },
): Response {
  const name: WireName | undefined = refusal.error.native.code === 'NotFound' ? wireOf(request) : wire.name;
  const recorder = new CallRecorder(studio, { request, wire: name, body: undefined, stream: false });
  recorder.fail(refusal);
  const { requestId, at } = recorder;
  const written = wire.writeRefusal(refusal, {
    requestId,
    at,
    request,
    quirks: studio.config.quirks,
    stream: false,
    routed: false,
  });
  return new Response(written.body, {
    status: written.status,
    headers: { ...serviceHeaders({ requestId, at, now: studio.now() }), 'content-type': written.contentType },
  });
}

function wireOf({ url }: Request): WireName | undefined {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/compatible-mode/')) return 'openai-compatible';
  return pathname.startsWith('/api/') ? 'dashscope' : undefined;
}
