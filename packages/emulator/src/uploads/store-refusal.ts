import { Refusal } from '../refusal.ts';

/** What the store may refuse, in its words. */
const words = {
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data.'],
  InvalidArgument: [400, "POST requires a form field named 'key'."],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size.'],
  InvalidAccessKeyId: [403, 'The OSS Access Key Id you provided does not exist in our records.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  AccessDenied: [403, 'Access denied.'],
  FileAlreadyExists: [409, 'The object you specified already exists and can not be overwritten.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/**
 * A refusal of the temporary store, which speaks neither wire's language.
 *
 * @see https://www.alibabacloud.com/help/en/oss/how-to-handle-common-errors-when-the-postobject-operation-is-called
 */
export function storeRefusal(code: keyof typeof words, message: string = words[code][1]): Refusal {
  const [status] = words[code];
  return new Refusal({
    status,
    native: { code, message },
    compatible: { code, type: code },
    layer: 'gateway',
  });
}

/** The refusal as the store writes it. */
export function writeStoreRefusal({ error }: Refusal, requestId: string): string {
  const element = (name: string, text: string) => `  <${name}>${escapeText(text)}</${name}>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${element('Code', error.native.code)}${element(
    'Message',
    error.native.message,
  )}${element('RequestId', requestId)}</Error>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
