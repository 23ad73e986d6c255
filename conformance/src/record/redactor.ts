/** Makes text fit to be kept: keys are blotted out, ids become tokens. Lengths stay, so that chunks stay as they were cut. */
export interface Redactor {
  /** From now on this key is known, in every form. */
  learn(key: string): void;
  /** One byte for each character; the result has the same length. */
  redact(text: string): string;
  /** The same without tokens: ids stay, so that a request can be asked about. */
  blotKeys(text: string): string;
  redactBytes(bytes: Uint8Array): Uint8Array;
  /** Where known keys, and whatever looks like one, begin and end. */
  findKeys(text: string): readonly { readonly start: number; readonly end: number }[];
}

/** What every key of the service looks like: `sk-…`, and `st-…` for temporary ones. */
const keyShape = /(?<![A-Za-z0-9])(?:sk|st)(?:-|%(?:25)*2d|\\+u002d)[A-Za-z0-9][A-Za-z0-9_.-]{5,}/gi;

/** Ids of requests, calls, files and workspaces: the mark that they begin with, then what is theirs alone. */
const idShapes: readonly RegExp[] = [
  /(?<![0-9a-f])()([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-f])/gi,
  /(?<![A-Za-z0-9])(call_)([0-9A-Za-z]{16,})/g,
  /(?<![A-Za-z0-9])(file-(?:[a-z_]+-)?)([0-9a-f]{16,})/g,
  /(?<![A-Za-z0-9])((?:llm|ws)[-_])([0-9A-Za-z]{6,})/g,
];

interface RedactorOptions {
  readonly keys?: readonly string[];
  /** Names that are nobody else's business, such as a workspace's id. */
  readonly ids?: readonly string[];
}

/** One redactor serves a whole session, so that one id has one token in all that it keeps. */
export function createRedactor({ keys = [], ids = [] }: RedactorOptions = {}): Redactor {
  const tokens = new Map<string, string>();
  const known = new Map<string, readonly RegExp[]>();
  for (const key of keys) learn(key);

  return {
    learn,
    redact,
    blotKeys,
    redactBytes: (bytes) =>
      new Uint8Array(Buffer.from(redact(Buffer.from(bytes).toString('latin1')), 'latin1')),
    findKeys: (text) =>
      [...known.values(), [keyShape]]
        .flat()
        .flatMap((pattern) => [...text.matchAll(pattern)])
        .map(({ index, 0: found }) => ({ start: index, end: index + found.length })),
  };

  function learn(key: string): void {
    if (key.length > 0 && !known.has(key)) known.set(key, keyPatterns(key));
  }

  function blotKeys(text: string): string {
    const patterns = [...known.values(), [keyShape]].flat();
    return patterns.reduce((blotted, pattern) => blotted.replace(pattern, blot), text);
  }

  function redact(text: string): string {
    let redacted = blotKeys(text);
    for (const id of ids) redacted = redacted.replaceAll(id, (found) => tokenFor('', found));
    for (const shape of idShapes)
      redacted = redacted.replace(shape, (_, mark: string, own: string) => mark + tokenFor(mark, own));
    return redacted;
  }

  /** Counts up within each kind of id; the dashes of a UUID stay where they are. */
  function tokenFor(mark: string, own: string): string {
    const name = `${mark}${own.toLowerCase()}`;
    const before = tokens.get(name);
    if (before !== undefined) return before;
    const digits = String(tokens.size + 1);
    const room = own.replace(/[^-]/g, '0');
    const token =
      digits.length > room.length ? digits.slice(-room.length) : room.slice(0, -digits.length) + digits;
    tokens.set(name, token);
    // A token that is redacted again stays itself.
    tokens.set(`${mark}${token}`, token);
    return token;
  }
}

/** Of equal length; short ones without the word. */
function blot(found: string): string {
  return found.length < 5 ? '*'.repeat(found.length) : '[key]'.padEnd(found.length, '*');
}

/** The forms in which a key can lie in a text: plain or with escapes, base64 at each of its three offsets, hexadecimal. */
function keyPatterns(key: string): RegExp[] {
  const bytes = [...Buffer.from(key, 'utf8')];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    new RegExp(bytes.map(escapedForms).join(between), 'gi'),
    new RegExp(hex.join('(?:%|\\\\x|[ :])?'), 'gi'),
    ...[0, 1, 2].flatMap((offset) => base64Pattern(bytes, offset)),
  ];
}

/**
 * White space, line ends as JSON writes them, and tags, by which pages break long words. It has a bound, so that no text
 * takes long.
 */
const between = '(?:\\s|\\\\{1,16}[rn]|<[^<>]*>){0,200}';

/** A byte as itself, percent-encoded any number of times, or as an escape of JSON or HTML. */
function escapedForms(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0');
  const itself = String.fromCharCode(byte).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const name = htmlNames[String.fromCharCode(byte)] ?? `#0*${byte}`;
  return `(?:\\\\{0,16}${itself}|%(?:25)*${hex}|\\\\{1,16}u00${hex}|\\\\{1,16}x${hex}|&(?:${name}|#0*${byte}|#x0*${hex});)`;
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/**
 * The part of a key's base64 that does not depend on its neighbors, when it begins `offset` bytes into a group of three.
 * What is left around it holds less than one character of the key at either end.
 */
function base64Pattern(bytes: readonly number[], offset: number): RegExp[] {
  const whole = Buffer.from([...new Array<number>(offset).fill(0), ...bytes]).toString('base64');
  const inner = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  if (inner.length < 4) return [];
  return [new RegExp([...inner].map(base64Forms).join(between), 'g')];
}

function base64Forms(character: string): string {
  if (character === '+') return '(?:[+-]|%(?:25)*2[Bb])';
  if (character === '/') return '(?:[/_]|\\\\/|%(?:25)*2[Ff])';
  return character;
}
