import fc, { type Arbitrary } from 'fast-check';
import { isRecord } from '../is-record.ts';

type Path = readonly (string | number)[];

/** One change at one place, which is counted among all places of the value. */
interface Mutation {
  readonly place: number;
  readonly other: number;
  readonly kind: 'remove' | 'replace' | 'nest' | 'repeat' | 'rename' | 'swap' | 'copy';
  readonly value: unknown;
  readonly name: string;
}

/** Words that mean something to JavaScript or to a wire. */
export const loadedWords = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'toJSON',
  'then',
  'null',
  'undefined',
  'NaN',
  '1e999',
  '[DONE]',
  'error',
  'code',
  'data',
  'choices',
  'output',
  '\u0000',
  '\ud83d',
  '\u2028',
  '杭州🙂',
  '',
];

/** Values that JSON can write and that few expect. */
export const oddJson: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    5e-324,
    4e9,
    [],
    {},
    [[]],
    [null],
  ),
  fc.constantFrom(...loadedWords),
  fc.constantFrom({ error: {} }, { code: 'x' }, { error: 'x' }, { __proto__: null }, [{}, {}]),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

interface MutatedOptions {
  /** What may take the place of any value; JSON that few expect unless given. */
  readonly replacements?: Arbitrary<unknown>;
  /** Changes of one value at most; 6 unless given. */
  readonly most?: number;
}

/** The same values with some of their places changed: members gone, renamed, nested, repeated or replaced. */
export function mutated(
  values: Arbitrary<unknown>,
  { replacements = oddJson, most = 6 }: MutatedOptions = {},
): Arbitrary<unknown> {
  const mutation: Arbitrary<Mutation> = fc.record({
    place: fc.nat(),
    other: fc.nat(),
    kind: fc.constantFrom('remove', 'replace', 'replace', 'nest', 'repeat', 'rename', 'swap', 'copy'),
    value: replacements,
    name: fc.oneof(fc.constantFrom(...loadedWords), fc.string({ maxLength: 8 })),
  });
  return fc
    .tuple(values, fc.array(mutation, { minLength: 1, maxLength: most }))
    .map(([value, mutations]) => mutations.reduce(mutate, value));
}

function mutate(value: unknown, { place, other, kind, value: given, name }: Mutation): unknown {
  const paths = [...places(value)];
  const path = paths[place % paths.length] ?? [];
  const otherPath = paths[other % paths.length] ?? [];
  const here = valueAt(value, path);
  const there = valueAt(value, otherPath);
  switch (kind) {
    case 'remove':
      return changed(value, path, () => []);
    case 'replace':
      return changed(value, path, (key) => [[key, given]]);
    case 'nest':
      return changed(value, path, (key) => [[key, nested(here, other % 40)]]);
    case 'repeat':
      return changed(value, path, (key) => Array.from({ length: 2 + (other % 3) }, () => [key, here]));
    case 'rename':
      return changed(value, path, () => [[name, here]]);
    case 'swap':
      return changed(
        changed(value, path, (key) => [[key, there]]),
        otherPath,
        (key) => [[key, here]],
      );
    case 'copy':
      return changed(value, path, (key) => [
        [key, here],
        [name, there],
      ]);
  }
}

function nested(value: unknown, depth: number): unknown {
  let outer = value;
  for (let level = 0; level <= depth; level += 1)
    outer = level % 2 === 0 ? [outer] : { [String(level)]: outer };
  return outer;
}

function* places(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (path.length > 12) return;
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* places(item, [...path, index]);
  else if (isPlain(value)) for (const key of Object.keys(value)) yield* places(value[key], [...path, key]);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (Array.isArray(at) ? at[Number(key)] : isPlain(at) ? at[key] : undefined),
    value,
  );
}

type Entry = readonly [key: string | number, value: unknown];

/** A copy in which the entry at the path became none, another or several. */
function changed(value: unknown, path: Path, change: (key: string | number) => readonly Entry[]): unknown {
  const [key, ...rest] = path;
  // The value as a whole has no name.
  if (key === undefined) return change('')[0]?.[1];
  const replace = (name: string | number, member: unknown): readonly Entry[] => {
    if (name !== key) return [[name, member]];
    return rest.length > 0 ? [[name, changed(member, rest, change)]] : change(name);
  };
  if (Array.isArray(value)) return value.flatMap((item, index) => replace(index, item).map(([, one]) => one));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => replace(name, member)));
}

/** Bytes, dates and the like are one value; their members are nobody's business. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
