import { createHmac, randomUUID } from 'node:crypto';
import { checkPolicy, type UploadForm, type UploadPolicy } from './check-policy.ts';
import { storeRefusal } from './store-refusal.ts';

/** What a caller needs to bring one file. */
export interface Leave {
  readonly folder: string;
  /** Base64 of the policy's JSON. */
  readonly policy: string;
  readonly signature: string;
}

interface StoredFile {
  readonly model: string;
  readonly expiresAt: number;
}

export const accessKeyId = 'LTAI-emulator';
/** How long a leave holds. */
export const leaveSeconds = 300;
/** Of one file. */
export const maxMegabytes = 100;
const keptMs = 48 * 60 * 60 * 1000;

/**
 * Files that callers brought for a model to look at. It keeps their names and whom they are for, not their bytes.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/get-temporary-file-url
 */
export class TemporaryStore {
  readonly #secret = randomUUID();
  readonly #modelOfFolder = new Map<string, string>();
  readonly #files = new Map<string, StoredFile>();

  /** Leave to bring one file for the model into a folder of its own. */
  grant({ model, id, now }: { readonly model: string; readonly id: string; readonly now: number }): Leave {
    const folder = `dashscope-instant/emulator/${new Date(now).toISOString().slice(0, 10)}/${id}`;
    const document: UploadPolicy = {
      expiration: new Date(now + leaveSeconds * 1000).toISOString(),
      conditions: [
        ['content-length-range', 0, maxMegabytes * 1024 * 1024],
        ['starts-with', '$key', folder],
        { 'x-oss-object-acl': 'private', 'x-oss-forbid-overwrite': 'true' },
      ],
    };
    const policy = Buffer.from(JSON.stringify(document)).toString('base64');
    this.#modelOfFolder.set(folder, model);
    return { folder, policy, signature: this.#sign(policy) };
  }

  /**
   * Takes the file that came with a form.
   * @throws Refusal in the store's words.
   */
  put(form: UploadForm, now: number): void {
    const { OSSAccessKeyId, Signature, policy = '', key } = form.fields;
    if (key === undefined) throw storeRefusal('InvalidArgument');
    if (OSSAccessKeyId !== accessKeyId) throw storeRefusal('InvalidAccessKeyId');
    if (Signature !== this.#sign(policy)) throw storeRefusal('SignatureDoesNotMatch');
    checkPolicy(form, JSON.parse(Buffer.from(policy, 'base64').toString()), now);
    const model = this.#modelOfFolder.get(key.slice(0, key.lastIndexOf('/')));
    // The folder of a leave that was forgotten, or one inside it.
    if (model === undefined) throw storeRefusal('AccessDenied');
    const address = toAddress(`oss://${key}`);
    if (this.#files.has(address)) throw storeRefusal('FileAlreadyExists');
    this.#files.set(address, { model, expiresAt: now + keptMs });
  }

  /** Whether a model can look at the file behind an `oss:` address; `unknown` when it was never brought here. */
  find(url: string, { model, now }: { readonly model: string; readonly now: number }): FileState {
    const file = this.#files.get(toAddress(url));
    if (file === undefined) return 'unknown';
    if (file.expiresAt <= now) return 'expired';
    return file.model === model ? 'ready' : 'of-another-model';
  }

  clear(): void {
    this.#modelOfFolder.clear();
    this.#files.clear();
  }

  #sign(policy: string): string {
    return createHmac('sha1', this.#secret).update(policy).digest('base64');
  }
}

export type FileState = 'ready' | 'of-another-model' | 'expired' | 'unknown';

// However its characters are written.
function toAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
