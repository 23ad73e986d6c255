import { expect, test } from 'vitest';
import { editAt, hasPath, leafPlaces, parsePath, speaksOf } from './wire-paths.ts';

const request = {
  model: 'qwen-plus',
  stop: [[1, 2], [3]],
  tools: [{ function: { name: 'find' } }, { type: 'x' }],
};

test('a place is found inside lists and lists of lists', () => {
  expect(hasPath(request, parsePath('tools[].function.name'))).toBe(true);
  expect(hasPath(request, parsePath('stop[][]'))).toBe(true);
  expect(hasPath(request, parsePath('stop[][][]'))).toBe(false);
  expect(hasPath(request, parsePath('tools[].name'))).toBe(false);
});

test('a value behind the place narrows it, and null is not a missing value', () => {
  expect(hasPath({ n: 2 }, parsePath('n=2'))).toBe(true);
  expect(hasPath({ n: 2 }, parsePath('n=1'))).toBe(false);
  expect(hasPath({ usage: null }, parsePath('usage=null'))).toBe(true);
  expect(hasPath({ usage: {} }, parsePath('usage=null'))).toBe(false);
  expect(hasPath({}, parsePath('usage=null'))).toBe(false);
});

test('removing a member leaves the others, in every item of a list', () => {
  const json = { choices: [{ index: 0, text: 'a' }, { index: 1 }] };
  expect(editAt(json, parsePath('choices[].index'), () => undefined)).toEqual({
    choices: [{ text: 'a' }, {}],
  });
  expect(editAt(json, parsePath('choices[].index=1'), () => 7)).toEqual({
    choices: [{ index: 0, text: 'a' }, { index: 7 }],
  });
  expect(json.choices[0]).toEqual({ index: 0, text: 'a' });
});

test('leaf places name each end once, empty lists and objects as themselves', () => {
  expect(leafPlaces({ a: [{ b: 1 }, { b: 2, c: [] }], d: {}, e: null })).toEqual([
    'a[].b',
    'a[].c',
    'd',
    'e',
  ]);
});

test('a listed path speaks of its place, with two stars of all below', () => {
  expect(speaksOf('n=2', 'n')).toBe(true);
  expect(speaksOf('schema.**', 'schema.properties.city.type')).toBe(true);
  expect(speaksOf('schema.**', 'schema[].type')).toBe(true);
  expect(speaksOf('schema.**', 'schemas.type')).toBe(false);
  expect(speaksOf('schema', 'schema.type')).toBe(false);
});
