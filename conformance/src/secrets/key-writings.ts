/** Ways in which something on the way may write a key that it repeats; keys are of visible ASCII characters. */
export const keyWritings: Readonly<Record<string, (key: string) => string>> = {
  plain: (key) => key,
  'in capitals': (key) => key.toUpperCase(),
  'in base64': base64,
  'as a basic credential': (key) => base64(`a:${key}`),
  'as a basic name': (key) => base64(`${key}:`),
  'as a basic credential with a longer name': (key) => base64(`api:${key}@host`),
  'in the base64 of addresses': (key) => Buffer.from(`?${key}`).toString('base64url'),
  'in base64 of several lines': (key) => base64(`..${key}`).replaceAll(/.{11}/g, '$&\r\n'),
  'in base64 of several lines, as JSON': (key) =>
    JSON.stringify(base64(key).replaceAll(/.{9}/g, '$&\r\n')).slice(1, -1),
  'for an address': encodeURIComponent,
  'percent-encoded throughout': everyCharacter((hex) => `%${hex}`),
  'percent-encoded twice': everyCharacter((hex) => `%25${hex.toUpperCase()}`),
  'in base64, for an address': (key) => encodeURIComponent(base64(key)),
  'as JSON': (key) => JSON.stringify(key).slice(1, -1),
  'as JSON in JSON': (key) => JSON.stringify(JSON.stringify(key)),
  'as JSON that escapes everything': everyCharacter((hex) => `\\u00${hex}`),
  'as a string of a program': everyCharacter((hex) => `\\x${hex}`),
  'as HTML': (key) => key.replaceAll(/[&<>"']/g, (found) => `&${htmlNames[found]};`),
  'as HTML in numbers': everyCharacter((hex) => `&#x${hex};`),
  'as HTML in decimal numbers': everyCharacter((hex) => `&#${Number.parseInt(hex, 16)};`),
  'in hexadecimal': everyCharacter((hex) => hex),
  'in several lines': (key) => key.replaceAll(/.{5}/g, '$&\n  '),
  'between tags': (key) => `<b>${key.slice(0, 9)}<wbr>${key.slice(9)}</b>`,
};

const htmlNames: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

function everyCharacter(write: (hex: string) => string): (key: string) => string {
  return (key) => [...key].map((character) => write(character.charCodeAt(0).toString(16))).join('');
}
