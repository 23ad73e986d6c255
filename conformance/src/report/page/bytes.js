/** @typedef {{ readonly text: string, readonly escaped: boolean }} Piece */

/**
 * The bytes of a stored body.
 *
 * @param {import('../page-data.ts').PageBody} body
 * @returns {Uint8Array}
 */
export function bytesOf(body) {
  if ('text' in body) return new TextEncoder().encode(body.text);
  return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
}

/**
 * Bytes for reading: text as it is, and whatever would not be seen as an escape, such as `\xE3` for a byte that is no
 * text and `\r` for a carriage return.
 *
 * @param {Uint8Array} bytes
 * @returns {Piece[]}
 */
export function readable(bytes) {
  /** @type {Piece[]} */
  const pieces = [];
  for (const part of decode(bytes)) {
    if (typeof part === 'number') add(pieces, `\\x${part.toString(16).toUpperCase().padStart(2, '0')}`, true);
    else
      for (const piece of part.split(unseen))
        if (piece) add(pieces, escapeUnseen(piece), unseenOnly.test(piece));
  }
  return pieces;
}

// Control characters but for the line feed, and what has no width or changes the direction of the text around it.
const unseenClass =
  '[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]';
const unseen = new RegExp(`(${unseenClass})`);
const unseenOnly = new RegExp(`^${unseenClass}$`);

/** @type {Readonly<Record<string, string>>} */
const shortEscapes = { '\r': '\\r', '\t': '\\t' };

/** @param {string} piece */
function escapeUnseen(piece) {
  if (!unseenOnly.test(piece)) return piece;
  return shortEscapes[piece] ?? `\\u${piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * @param {Piece[]} pieces
 * @param {string} text
 * @param {boolean} escaped
 */
function add(pieces, text, escaped) {
  const last = pieces.at(-1);
  if (last?.escaped === escaped) pieces[pieces.length - 1] = { text: last.text + text, escaped };
  else pieces.push({ text, escaped });
}

/**
 * Text, and by themselves the bytes that are none.
 *
 * @param {Uint8Array} bytes
 * @returns {(string | number)[]}
 */
function decode(bytes) {
  const whole = decodeWhole(bytes);
  if (whole !== undefined) return [whole];
  const parts = [];
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0);
    const text = length > 0 ? decodeWhole(bytes.subarray(at, at + length)) : undefined;
    parts.push(text ?? bytes[at] ?? 0);
    at += text === undefined ? 1 : length;
  }
  return parts;
}

/** How many bytes a character has that begins with this one; 0 when none begins so.
 * @param {number} first
 */
function lengthOf(first) {
  if (first < 0x80) return 1;
  if (first >= 0xf0 && first < 0xf5) return 4;
  if (first >= 0xe0) return first < 0xf0 ? 3 : 0;
  return first >= 0xc2 ? 2 : 0;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {Uint8Array} bytes */
function decodeWhole(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The chunks of a body as they were sent, and the bytes that were not.
 *
 * @param {Uint8Array} bytes
 * @param {readonly { readonly bytes: number, readonly atMs: number }[]} chunks
 */
export function cutBytes(bytes, chunks) {
  let at = 0;
  const sent = chunks.map(({ bytes: length, atMs }) => {
    const start = at;
    at += length;
    return { bytes: bytes.subarray(start, at), atMs };
  });
  return { sent, unsent: bytes.length - Math.min(at, bytes.length) };
}
