import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { QwireError } from '../qwire-error.ts';
import { createConcealer } from './conceal.ts';

const key = 'sk-0a1b2c3d4e5f6789';

function concealing(...secrets: readonly string[]) {
  const concealer = createConcealer();
  secrets.forEach(concealer.learn);
  return concealer;
}

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const everyCharacter = (write: (code: string) => string) => (text: string) =>
  [...text].map((character) => write(character.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

/** Ways in which something on the way may write what it repeats. */
const writings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'in capitals, as in a host name': (text) => text.toUpperCase(),
  'as the first of a basic credential': (text) => `Basic ${base64(`${text}:`)}`,
  'one byte into base64': (text) => base64(`:${text}`),
  'two bytes into base64': (text) => base64(`u:${text}@host`),
  'in the alphabet of addresses': (text) => Buffer.from(text, 'latin1').toString('base64url'),
  'in base64 broken into lines': (text) => base64(text).replaceAll(/.{7}/g, '$&\r\n'),
  'in base64 broken into lines, as JSON': (text) =>
    JSON.stringify(base64(text).replaceAll(/.{7}/g, '$&\r\n')),
  'as a part of an address': encodeURIComponent,
  'percent-encoded throughout': everyCharacter((code) => `%${code}`),
  'percent-encoded twice': everyCharacter((code) => `%25${code.toUpperCase()}`),
  'as JSON': (text) => JSON.stringify(text),
  'as JSON within JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'as JSON with every character escaped': everyCharacter((code) => `\\u00${code}`),
  'as HTML': everyCharacter((code) => `&#x${code};`),
  'as HTML with names': (text) =>
    text.replace(
      /[&<>"']/g,
      (found) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }[found]};`,
    ),
  'in hexadecimal': hex,
  'in lines': (text) => text.replaceAll(/.{5}/g, '$&\n  '),
  'between tags': (text) => `<b>${text.slice(0, 6)}<wbr>${text.slice(6)}</b>`,
};
const names = Object.keys(writings);

/** Whatever a header can carry as a key; not from a small set of characters, which other words would hold too. */
const keys = fc
  .string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 12,
    maxLength: 60,
  })
  .filter((text) => new Set(text).size > 8);

test.each(names)('a key is concealed when it is written %s', (name) => {
  fc.assert(
    fc.property(keys, (secret) => {
      const written = writings[name]?.(secret) ?? '';
      const shown = concealing(secret).text(`before ${written} after`);
      expect(shown).toMatch(/^before .*\[key\].* after$/s);
      // What is left of base64 around it holds less than one character of the key at either end.
      expect(shown.length).toBeLessThan('before [key] after'.length + 18);
    }),
    { numRuns: 6 },
  );
});

test('a key is concealed when the message that repeats it was cut', () => {
  const { text } = concealing(key);
  expect(text(`no such key: ${key.slice(0, 12)}… [code]`)).toBe('no such key: [key] [code]');
  expect(text(`Unexpected token in "${key.slice(0, 12)}"...`)).toBe('Unexpected token in "[key]');
});

test('a key that is broken into lines is concealed when the message was cut', () => {
  const written = key.replaceAll(/.{5}/g, '$&\n  ').slice(0, -4);
  expect(concealing(key).text(`no such key: ${written}…`)).toBe('no such key: [key]');
});

test('words that only begin as the key does stay', () => {
  const { text } = concealing('own-0123456789');
  expect(text('own-0123 is no key')).toBe('own-0123 is no key');
});

test('keys of the service are concealed that nobody has told of', () => {
  const message = 'Incorrect API key provided: sk-sp-0123abcd. Ask for st-0123456789abcdef0.';
  expect(concealing().text(message)).toBe('Incorrect API key provided: [key]. Ask for [key].');
});

test('text that is no secret stays as it is', () => {
  const { text: conceal } = concealing(key);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(conceal(text)).toBe(text);
    }),
  );
});

test('keys that were used before are concealed too, and what is short is none', () => {
  const { text } = concealing('first-of-keys', 'second-of-keys', 'm');
  expect(text('my first-of-keys and second-of-keys')).toBe('my [key] and [key]');
});

test('every text of an error is concealed, and its numbers stay', () => {
  const error = new QwireError(`wrong: ${key}`, {
    kind: 'authentication',
    code: key,
    status: 401,
    requestId: `id-${key}`,
    hint: `Look at ${key}.`,
    field: key,
    text: `<p>${key}</p>`,
    retryAfterMs: 5,
  });
  const shown = concealing(key).error(error, { workspace: key });
  expect(shown).toMatchObject({
    message: 'wrong: [key]',
    kind: 'authentication',
    code: '[key]',
    status: 401,
    requestId: 'id-[key]',
    workspace: '[key]',
    hint: 'Look at [key].',
    field: '[key]',
    text: '<p>[key]</p>',
    retryAfterMs: 5,
  });
  expect(shown.stack).not.toContain(key);
});

test('causes keep name, message, code and stack, and nothing that holds requests or replies', () => {
  const inner = Object.assign(new Error(`bad line ${key}`), { code: 'HPE_INVALID', data: key.slice(4) });
  const outer = new TypeError(`fetch of ${key} failed`, { cause: inner });
  const error = new QwireError('failed', { kind: 'connection', cause: outer });
  const { cause } = concealing(key).error(error) as { cause: Error & { cause: Error } };
  expect([cause.name, cause.message, cause.cause.message]).toEqual([
    'TypeError',
    'fetch of [key] failed',
    'bad line [key]',
  ]);
  expect(cause.stack).toContain('conceal.test.ts');
  expect(cause.stack).not.toContain(key);
  expect({ ...cause.cause }).toEqual({ name: 'Error', code: 'HPE_INVALID' });
});

test.each<[string, unknown, unknown]>([
  ['text', `no ${key}`, 'no [key]'],
  ['a number', 7, 7],
  ['null', null, undefined],
  ['a list', [key], undefined],
])('a cause that is %s is no way out for the key', (_, cause, shown) => {
  const error = concealing(key).error(new QwireError('failed', { kind: 'connection', cause }));
  expect(error.cause).toEqual(shown);
});

test('causes that are their own cause come to an end', () => {
  const cause = new Error(key);
  cause.cause = cause;
  const shown = concealing(key).error(new QwireError('failed', { kind: 'connection', cause }));
  expect(JSON.stringify(shown.cause)).not.toContain(key);
});

test('what a call was aborted with is the caller’s own', () => {
  const cause = { mine: key };
  const error = new QwireError('The call was aborted', { kind: 'aborted', cause });
  const shown = concealing(key).error(error, { workspace: 'llm-team' });
  expect(shown).toMatchObject({ kind: 'aborted', workspace: 'llm-team' });
  expect(shown.cause).toBe(cause);
});

test('a long secret is concealed, and hostile text is searched in bounded work', () => {
  const long = Array.from({ length: 100 }, (_, index) => (index * 7_919 + 10_000_000).toString(36)).join('.');
  const own = 'own-0123456789';
  const { text } = concealing(long, own);
  expect(text(`[${long}]`)).toMatch(/^\[(\[key\])+\]$/);
  expect(text(`[${base64(long)}]`)).toMatch(/^\[(\[key\].?)+=+\]$/);
  const nearly = `${own.slice(0, -1)}${' '.repeat(200)}`.repeat(200);
  expect(text(nearly)).toBe(nearly);
});

test.each(['\\', '\\n', '\\u00', '%25', ' ', '\n', '<s>', 's ', 'n\\n', '&#0', '&#x0', '%'])(
  'a text of nothing but %j is searched in time',
  (unit) => {
    const text = unit.repeat(200_000);
    expect(concealing(key).text(text)).toBe(text);
  },
);
