/** A secret, or a part of it, in something that was put out. */
export interface FoundSecret {
  /** What has to be undone to read it, in order; empty when it lies there plain. */
  readonly encodings: readonly string[];
  /** What of it was found. */
  readonly part: string;
}

interface View {
  readonly text: string;
  readonly encodings: readonly string[];
}

/** Encodings within encodings that are undone: a quoted body of an escaped form of base64, and one more. */
const deepest = 4;
/** So many characters in a row are a find: the consoles of services show fewer. */
const partLength = 10;

/**
 * Looks for a secret in what a program put out: as it is, in capitals, broken into lines, escaped for an address, for
 * JSON or for HTML, in base64 wherever it begins, in hexadecimal, backwards, and in any of these within another. Ten
 * characters of it in a row are enough.
 */
export function findSecret(output: string, secret: string): FoundSecret | undefined {
  const parts = partsOf(secret.toLowerCase());
  const seen = new Set([output]);
  let views: readonly View[] = [{ text: output, encodings: [] }];
  for (let depth = 0; depth <= deepest && views.length > 0; depth += 1) {
    for (const { text, encodings } of views) {
      const lower = text.toLowerCase();
      const part = parts.find((one) => lower.includes(one));
      if (part !== undefined) return { encodings, part };
    }
    // Several orders of undoing lead to the same text.
    views = views.flatMap(undoEach).filter(({ text }) => !seen.has(text) && seen.add(text));
  }
  return undefined;
}

function partsOf(secret: string): string[] {
  const length = Math.min(secret.length, partLength);
  return Array.from({ length: secret.length - length + 1 }, (_, at) => secret.slice(at, at + length));
}

function undoEach({ text, encodings }: View): View[] {
  return Object.entries(decoders).flatMap(([name, decode]) => {
    if (encodings.includes(name) && !repeatable.includes(name)) return [];
    if (encodings.length > 0 && name === 'backwards') return [];
    const undone = decode(text);
    return undone === text || undone === '' ? [] : [{ text: undone, encodings: [...encodings, name] }];
  });
}

const repeatable: readonly string[] = ['percent', 'json'];
const htmlNames: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoders: Readonly<Record<string, (text: string) => string>> = {
  lines: (text) => text.replaceAll(/['"`]\s*\+\s*['"`]/g, '').replaceAll(/\s+|\\+[nr]/g, ''),
  json: (text) =>
    // In one go: what one escape stood for is no part of another.
    text.replaceAll(
      /\\+(?:u00|x)([0-9a-f]{2})|\\(["'\\/])|\\[nrt]/gi,
      (_, hex: string | undefined, sign: string | undefined) =>
        hex === undefined ? (sign ?? '\n') : fromHex(hex),
    ),
  percent: (text) => text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => fromHex(hex)),
  html: (text) =>
    text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
      if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
      return decimal === undefined ? (htmlNames[name] ?? whole) : fromCode(Number(decimal));
    }),
  tags: (text) => text.replaceAll(/<[^<>]*>/g, ''),
  base64: (text) => runs(text, { characters: /[A-Za-z0-9+/_-]{10,}/g, group: 4, encoding: 'base64' }),
  hexadecimal: (text) => runs(text, { characters: /[0-9a-f]{16,}/gi, group: 2, encoding: 'hex' }),
  backwards: (text) => [...text].reverse().join(''),
};

function fromHex(hex: string): string {
  return fromCode(Number.parseInt(hex, 16));
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Every run of the characters, decoded from each place at which a group may begin. */
function runs(
  text: string,
  {
    characters,
    group,
    encoding,
  }: { readonly characters: RegExp; readonly group: number; readonly encoding: 'base64' | 'hex' },
): string {
  return (
    (text.match(characters) ?? [])
      .flatMap((run) =>
        Array.from({ length: group }, (_, skip) => Buffer.from(run.slice(skip), encoding).toString('latin1')),
      )
      // What was no text before holds none now.
      .flatMap((decoded) => decoded.match(/[\s\x20-\x7e]{8,}/g) ?? [])
      .join('\n')
  );
}
