import { isRecord } from '../is-record.ts';
import { storeRefusal } from './store-refusal.ts';

/** A form as it came, its file apart. */
export interface UploadForm {
  readonly fields: Readonly<Record<string, string>>;
  /** Bytes of the file. */
  readonly size: number;
}

/** One thing that a policy asks of a form: a size, a beginning, or a value. */
export type PolicyCondition =
  | readonly ['content-length-range', least: number, most: number]
  | readonly ['starts-with', field: `$${string}`, beginning: string]
  | Readonly<Record<string, string>>;

export interface UploadPolicy {
  readonly expiration: string;
  readonly conditions: readonly PolicyCondition[];
}

/**
 * Holds a form to the policy that came with it.
 *
 * @throws Refusal in the store's words.
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
export function checkPolicy(form: UploadForm, { expiration, conditions }: UploadPolicy, now: number): void {
  if (Date.parse(expiration) <= now) {
    throw storeRefusal('AccessDenied', 'Invalid according to Policy: Policy expired.');
  }
  for (const condition of conditions) {
    if (isRecord(condition)) {
      for (const [name, value] of Object.entries(condition)) {
        if (form.fields[name] !== value) throw failed(['eq', `$${name}`, value]);
      }
    } else if (condition[0] === 'starts-with') {
      const [, field, beginning] = condition;
      if (!form.fields[field.slice(1)]?.startsWith(beginning)) throw failed(condition);
    } else {
      const [, least, most] = condition;
      if (form.size < least || form.size > most) throw storeRefusal('EntityTooLarge');
    }
  }
}

function failed(condition: readonly unknown[]): Error {
  const message = `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`;
  return storeRefusal('AccessDenied', message);
}
