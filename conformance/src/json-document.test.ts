import { expect, test } from 'vitest';
import { JsonMistake, readJson } from './json-document.ts';

function mistakeIn(text: string): string {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof JsonMistake) return `${error.place}: ${error.message}`;
    throw error;
  }
  return 'none';
}

test.each([
  ['', '1:1: is not JSON: the file is empty'],
  ['{ "a": 1', '1:9: is not JSON: a "}" is missing here'],
  ['{\n  "a": tru\n}', '2:8: is not JSON: this is no value; text stands in double quotes: tru'],
  ['{ "a" 1 }', '1:7: is not JSON: a colon is missing before this: 1'],
  ['{ "a": "x', '1:8: is not JSON: this text has no closing quote: "x'],
  ['{} // why', '1:4: is not JSON: comments are not allowed in JSON: // why'],
  ['{}}', '1:3: is not JSON: nothing may follow the object: }'],
  ['\u{FEFF}{}', '1:1: is not JSON: begins with a byte-order mark; save it as UTF-8 without one'],
  ['{ "a": { "b": 1,\n"b": 2 } }', '2:1: states "b" twice in one object'],
  ['{ "a": { "b": 1 }, "c": { "b": 2 } }', 'none'],
])('%j: %s', (text, mistake) => {
  expect(mistakeIn(text)).toBe(mistake);
});

test('a field is found at its name, an item at itself, and a missing field at what is around it', () => {
  const { place } = readJson('{\n  "a": {\n    "b": [1,\n 2] } }');
  expect(
    [
      ['a', 'b'],
      ['a', 'b', 1],
      ['a', 'x'],
      ['x', 'a'],
    ].map(place),
  ).toEqual(['3:5', '4:2', '2:3', undefined]);
});
