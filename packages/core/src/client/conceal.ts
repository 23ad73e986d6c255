import { isRecord } from '../json.ts';
import { QwireError } from '../qwire-error.ts';
import { placeholder } from './secret.ts';

/** Takes the secrets that it has learned out of whatever is shown: errors and their causes. */
export interface Concealer {
  /** From now on this is concealed, in every encoding. What is shorter than 8 characters is no secret. */
  learn(secret: string): void;
  /** The text without them. */
  text(text: string): string;
  /**
   * The same error without them. Causes become errors of name, message, code and stack alone: those of platforms and
   * of proxies hold requests, headers and bytes of replies. What an aborted call was aborted with is the caller's own.
   */
  error(error: QwireError, also?: Partial<QwireError>): QwireError;
}

export const shortestSecret = 8;
/** Of secrets, or pieces of long ones, that one client has used; keys rotate. */
const most = 64;
const deepestCause = 5;
/** Keys of the service that nobody has told of: a gateway has some of its own. */
const anyKey = /\b(sk-[\w-]{4,}|st-[\w-]{16,})/g;

export function createConcealer(): Concealer {
  const patterns = new Map<string, RegExp | undefined>();
  const concealer: Concealer = {
    learn(secret) {
      // What base64 has no name for is in no header either.
      if (secret.length < shortestSecret || /[^\0-\xff]/.test(secret)) return;
      // Engines refuse patterns that are very long, and quote them when they do.
      for (const piece of secret.match(/.{1,64}(?:.{0,7}$)?/gs) ?? []) {
        if (!patterns.has(piece)) patterns.set(piece, undefined);
      }
      for (const oldest of patterns.keys()) if (patterns.size > most) patterns.delete(oldest);
    },
    text(text) {
      let shown = text;
      for (const [piece, known] of patterns) {
        const pattern = known ?? secretPattern(piece);
        patterns.set(piece, pattern);
        shown = shown.replace(pattern, placeholder);
      }
      return shown.replace(anyKey, placeholder);
    },
    error(error, also) {
      const members = Object.entries({ ...error, ...also }).map(([name, value]) => [
        name,
        typeof value === 'string' ? concealer.text(value) : value,
      ]);
      return new QwireError(concealer.text(error.message), {
        ...Object.fromEntries(members),
        ...(error.cause === undefined ? {} : { cause: causeOf(error) }),
      });
    },
  };
  return concealer;

  function causeOf({ kind, cause }: QwireError): unknown {
    return kind === 'aborted' ? cause : bare(cause, 0);
  }

  function bare(cause: unknown, depth: number): unknown {
    if (typeof cause === 'string') return concealer.text(cause);
    if (typeof cause !== 'object') return cause;
    if (!isRecord(cause) || depth === deepestCause) return undefined;
    const shown = new Error(concealer.text(String(cause.message)));
    for (const name of ['name', 'code', 'stack']) {
      const value = cause[name];
      if (typeof value === 'string') Object.assign(shown, { [name]: concealer.text(value) });
    }
    if (cause.cause !== undefined) shown.cause = bare(cause.cause, depth + 1);
    return shown;
  }
}

/**
 * Finds a secret as it is, escaped for an address, for JSON or for HTML, in hexadecimal, and in base64 wherever it
 * begins in a group of three bytes; broken into lines, or cut off before the end.
 */
function secretPattern(secret: string): RegExp {
  const encoded = [0, 1, 2].map((offset) =>
    // Without the characters that hold bits of the neighbors.
    btoa('\0'.repeat(offset) + secret).slice(
      Math.ceil((offset * 8) / 6),
      Math.floor(((offset + secret.length) * 8) / 6),
    ),
  );
  const forms = [broken(secret, escapedForms), ...encoded.map((text) => broken(text, base64Forms))];
  return new RegExp(forms.join('|'), 'gi');
}

function broken(text: string, formsOf: (character: string) => string): string {
  const forms = [...text].map(formsOf);
  const [start, rest] = [forms.slice(0, shortestSecret), forms.slice(shortestSecret)].map((some) =>
    some.join(between),
  );
  // Six characters are the most that one takes.
  return `${start}(?:${between}${rest}|[^…]{0,${6 * text.length}}?(?:…|\\.{3}))`;
}

/**
 * White space, line ends within JSON, and tags, as pages have them to break long words. Like all that repeats here it has
 * a bound: a text of nothing else, which a model may well write, would be searched again from each of its characters.
 */
const between = '(?:\\s|\\\\{1,16}[nr]|<[^<>]*>){0,200}';

/** A character as itself; percent-encoded any number of times; as an escape; as two digits. */
function escapedForms(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return `(?:\\\\{0,16}${itself(character)}|(?:%(?:25)*|\\\\{1,16}u00|\\\\{1,16}x)?${hex}|&(?:${htmlNames[character] ?? ''}|#0*${code}|#x0*${hex});)`;
}

/** Either alphabet, percent-encoded or with the slash escaped, as JSON has it at times. */
function base64Forms(character: string): string {
  return { '+': '(?:[+-]|%2b)', '/': '(?:\\\\?[/_]|%2f)' }[character] ?? character;
}

function itself(character: string): string {
  return character.replace(/\W/, '\\$&');
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
