import type { CallOptions } from '@qwire/core';
import {
  asNumber,
  asRecord,
  asText,
  type FailedResponse,
  invalid,
  isRecord,
  isServiceError,
  parseJson,
  QwireError,
  type ResponseHead,
  type Sender,
} from '@qwire/core/adapter-kit';
import { readError } from './read-error.ts';

/** Bytes for the service's temporary store. */
export interface UploadRequest {
  /** The model that is to look at them; the store keeps them for this model only. */
  readonly model: string;
  readonly file: Uint8Array | Blob;
  /** A name with its ending, such as `tower.mp4`; the service tells the format from it. */
  readonly name: string;
}

export interface UploadResponse {
  /** To be given as an image, video, audio or document; valid for 48 hours, with a key of the same account. */
  readonly url: `oss://${string}`;
  readonly requestId: string | undefined;
}

/**
 * Puts bytes into the temporary store, in two requests: one asks the service for leave and a place, one brings the bytes
 * there. The key goes to the service only.
 *
 * @throws QwireError
 * @see https://www.alibabacloud.com/help/en/model-studio/get-temporary-file-url
 */
export async function upload(
  request: UploadRequest,
  { sender, options = {} }: { readonly sender: Sender; readonly options?: CallOptions | undefined },
): Promise<UploadResponse> {
  const { model, name } = request;
  const file = toBlob(request);
  const asked = {
    name: 'upload',
    model,
    send: (model: string, options: CallOptions) => bring({ model, file, name }, { sender, options }),
  };
  return sender.call(asked, options);
}

async function bring(
  { model, file, name }: Pick<UploadRequest, 'model' | 'name'> & { readonly file: Blob },
  { sender, options }: { readonly sender: Sender; readonly options: CallOptions },
): Promise<UploadResponse> {
  const query = new URLSearchParams({ action: 'getPolicy', model });
  const path = `/uploads?${query}`;
  const headers = { accept: 'application/json' };
  const leave = await sender.send({ method: 'GET', path, headers, warnings: [] }, readLeave, options);
  if (leave.mostBytes !== undefined && file.size > leave.mostBytes) {
    throw invalid('file', `is of ${file.size} bytes, and the store takes ${leave.mostBytes} at most`);
  }
  const key = `${leave.folder}/${name}`;
  await sender.sendForm(
    { url: leave.host, body: writeForm(leave, { key, file, name }), readError: readStoreError },
    () => true,
    options,
  );
  return { url: `oss://${key}`, requestId: leave.requestId };
}

function toBlob({ model, file, name }: UploadRequest): Blob {
  if (!model?.trim()) throw invalid('model', 'must be the id of the model that is to look at the file');
  // The name becomes a part of an address.
  if (typeof name !== 'string' || !/^[^/\\?#\p{Cc}]+$/u.test(name) || /^\.+$/.test(name)) {
    throw invalid('name', 'must be a file name with its ending and no slashes, such as "tower.mp4"');
  }
  if (file instanceof Blob) return file;
  if (file instanceof Uint8Array) return new Blob([file as Uint8Array<ArrayBuffer>]);
  throw invalid('file', 'must be a Uint8Array or a Blob');
}

/** What the service lets the caller do, and where. */
interface Leave {
  readonly host: string;
  readonly folder: string;
  readonly mostBytes: number | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
}

const fieldNames = {
  OSSAccessKeyId: 'oss_access_key_id',
  Signature: 'signature',
  policy: 'policy',
  'x-oss-object-acl': 'x_oss_object_acl',
  'x-oss-forbid-overwrite': 'x_oss_forbid_overwrite',
};

function readLeave(text: string, { status, headers }: ResponseHead): Leave {
  const body = parseJson(text);
  if (isServiceError(body, text)) throw readError({ status, headers, body: text });
  const data = isRecord(body) ? asRecord(body.data) : {};
  const host = asText(data.upload_host);
  const folder = asText(data.upload_dir);
  if (!isRecord(body) || !folder || !host || !isSafe(host)) {
    throw new QwireError('The service did not say where the file can be put', { kind: 'invalid-response' });
  }
  const megabytes = asNumber(data.max_file_size_mb);
  return {
    host,
    folder,
    mostBytes: megabytes === undefined ? undefined : megabytes * 1024 * 1024,
    fields: Object.fromEntries(
      Object.entries(fieldNames).map(([field, member]) => [field, asText(data[member]) ?? '']),
    ),
    requestId: asText(body.request_id),
  };
}

const thisMachine = ['127.0.0.1', 'localhost', '[::1]'];

/** Bytes leave over HTTPS only, but for a store on this machine. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && thisMachine.includes(hostname));
}

/** The store wants the file last. */
function writeForm(
  { fields }: Leave,
  { key, file, name }: { readonly key: string; readonly file: Blob; readonly name: string },
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('key', key);
  form.append('success_action_status', '200');
  form.append('file', file, name);
  return form;
}

/** The store answers in XML. */
function readStoreError({ status, body }: FailedResponse): QwireError {
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  const code = element('Code');
  return new QwireError(element('Message') ?? 'The store did not take the file', {
    kind: status >= 500 ? 'unavailable' : status === 403 ? 'permission-denied' : 'invalid-request',
    code,
    status,
    requestId: element('RequestId'),
    retryable: status >= 500,
    hint: 'The leave to upload holds for five minutes and for one file; call upload() again.',
  });
}
