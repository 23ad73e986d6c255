import { authorize, checkWorkspace } from '../authorize.ts';
import { CallRecorder } from '../call-recorder.ts';
import type { RequestContext } from '../chat-wire.ts';
import { writeRefusal } from '../dashscope/errors.ts';
import { checkGrant, findModel } from '../find-model.ts';
import { documented, invalidParameter, Refusal } from '../refusal.ts';
import { serviceHeaders } from '../service-headers.ts';
import type { Studio } from '../studio.ts';
import type { UploadForm } from './check-policy.ts';
import { storeRefusal, writeStoreRefusal } from './store-refusal.ts';
import { accessKeyId, leaveSeconds, maxMegabytes } from './temporary-store.ts';

/** Where the emulator takes files, on its own origin. */
export const storePath = '/temporary-store';

/** Answers `GET /api/v1/uploads?action=getPolicy&model=…`: leave to bring one file. */
export function answerPolicy(request: Request, studio: Studio): Response {
  const recorder = new CallRecorder(studio, { request, wire: 'dashscope', ...unbilled });
  const { requestId, at } = recorder;
  const headers = () => serviceHeaders({ requestId, at, now: studio.now() });
  const { quirks } = studio.config;
  let context: RequestContext = { requestId, at, request, quirks, stream: false, routed: false };
  try {
    const workspace = authorize(request, studio.config);
    recorder.workspace = { id: workspace.id, name: workspace.name ?? workspace.id };
    context = { ...context, routed: true };
    const { origin, searchParams } = new URL(request.url);
    if (searchParams.get('action') !== 'getPolicy') {
      throw invalidParameter('Required parameter(action) missing or invalid');
    }
    const id = searchParams.get('model') ?? '';
    if (id === '') throw documented('empty-model');
    recorder.model = id;
    const model = findModel(id, studio);
    if (model === undefined) throw documented('model-not-found', { model: id });
    checkWorkspace(request, workspace);
    checkGrant(model, workspace);
    const leave = studio.store.grant({ model: id, id: requestId, now: at });
    recorder.finish(undefined);
    const data = {
      policy: leave.policy,
      signature: leave.signature,
      upload_dir: leave.folder,
      upload_host: `${origin}${storePath}`,
      expire_in_seconds: leaveSeconds,
      max_file_size_mb: maxMegabytes,
      capacity_limit_mb: 999_999_999,
      oss_access_key_id: accessKeyId,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    };
    return Response.json({ data, request_id: requestId }, { headers: headers() });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recorder.fail(error);
    const { status, contentType, body } = writeRefusal(error, context);
    return new Response(body, { status, headers: { ...headers(), 'content-type': contentType } });
  }
}

/** Answers the form that brings a file. The store is no part of either wire, and its errors are XML. */
export async function answerForm(request: Request, studio: Studio): Promise<Response> {
  const recorder = new CallRecorder(studio, { request, wire: undefined, ...unbilled });
  const headers = { 'x-oss-request-id': recorder.requestId, server: 'AliyunOSS' };
  try {
    const form = await readForm(request);
    studio.store.put(form, studio.now());
    recorder.finish(undefined);
    const status = form.fields.success_action_status === '200' ? 200 : 204;
    return new Response(null, { status, headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recorder.fail(error);
    return new Response(writeStoreRefusal(error, recorder.requestId), {
      status: error.error.status,
      headers: { ...headers, 'content-type': 'application/xml' },
    });
  }
}

const unbilled = { body: undefined, stream: false, billed: false } as const;

// The store reads no field behind the file, and takes no form without one.
async function readForm(request: Request): Promise<UploadForm> {
  const form = await request.formData().catch(() => undefined);
  const entries = form === undefined ? [] : [...form.entries()];
  const [name, file] = entries.at(-1) ?? [];
  const fields = entries
    .slice(0, -1)
    .flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : []));
  if (name !== 'file' || file === undefined || typeof file === 'string') {
    throw storeRefusal('MalformedPOSTRequest');
  }
  return { fields: Object.fromEntries(fields), size: file.size };
}
