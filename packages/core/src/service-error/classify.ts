import type { ErrorRow } from './error-table.ts';
import { errorTable, standIns } from './error-table.ts';
import type { ErrorEnvelope } from './read-envelope.ts';
import { toStatus } from './read-envelope.ts';

/** What a failure means. */
export interface ErrorMeaning {
  readonly row: ErrorRow;
  /** What the row's pattern found in the message. */
  readonly found: RegExpExecArray | null | undefined;
  /** The one HTTP status that the code always has, whichever row decided. */
  readonly impliedStatus: number | undefined;
}

/** Neither code nor status is known: nothing says that another try would help. */
const undocumented: ErrorRow = {
  kind: 'unavailable',
  hint: 'The service does not document this failure: report the request id to it.',
};
/** `invalid_request_error`: the compatible wire gives this type to wrong keys and models as well. */
const catchAll = 'invalidrequesterror';

/**
 * Finds what a failure means: by a code that decides, by the message, by a code's beginning, by the link's anchor, and
 * by the status only then, because one status carries unrelated failures. The model layer's own code and status win
 * over the outer ones.
 * @see https://help.aliyun.com/zh/model-studio/error-code
 */
export function classify(envelope: ErrorEnvelope, status: number | undefined): ErrorMeaning {
  const { message = '', anchor = '' } = envelope;
  const all = [envelope.innerClass, envelope.code, envelope.type].flatMap(toKeys);
  const keys = all.filter((key) => key !== catchAll);
  const decided = findByCode(keys, false);
  const byCode = decided ?? findByCode(keys, true);
  const row =
    decided ??
    errorTable().find(({ pattern }) => pattern?.test(message)) ??
    findByStatus(toStatus(envelope.innerStatus)) ??
    byCode ??
    findStandIn(standIns.get(anchor)) ??
    // A frame may name no status.
    findByStatus(status ?? (keys.length < all.length ? 400 : undefined)) ??
    undocumented;
  return { row, found: row.pattern?.exec(message), impliedStatus: byCode?.status };
}

/** A code without what spellings differ in; first without the name of the model's layer, where there is more. */
function toKeys(code = ''): readonly string[] {
  const key = toKey(code);
  return [key.replace('internalerroralgo', ''), key].filter(Boolean);
}

function toKey(code: string): string {
  return code.toLowerCase().replace(/[^a-z\d*]/g, '');
}

/** @param open whether the codes that stand for longer ones are meant, or the others */
function findByCode(keys: readonly string[], open: boolean): ErrorRow | undefined {
  for (const key of keys) {
    const row = errorTable().find(({ codes }) =>
      codes
        ?.map(toKey)
        .some((code) => (open ? code.endsWith('*') && key.startsWith(code.slice(0, -1)) : key === code)),
    );
    if (row) return row;
  }
  return undefined;
}

function findByStatus(status = 0): ErrorRow | undefined {
  if (status < 400) return undefined;
  return findStandIn(standIns.get(String(status)) ?? (status < 500 ? 'Invalid*' : 'Internal*'));
}

function findStandIn(code = ''): ErrorRow | undefined {
  return errorTable().find(({ codes }) => codes?.includes(code));
}
