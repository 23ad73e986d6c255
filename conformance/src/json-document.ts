import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** JSON text with the places of what it holds. */
export interface JsonDocument {
  readonly value: unknown;
  /** Line and column of a field, or of the nearest one around it, such as `12:5`; none when even the first is missing. */
  place(path: readonly PropertyKey[]): string | undefined;
}

/** A text that is not JSON, or states a member twice; of which a reader would silently lose one. */
export class JsonMistake extends Error {
  override readonly name = 'JsonMistake';
  /** Line and column, such as `12:5`. */
  readonly place: string;

  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

/**
 * Reads JSON.
 *
 * @throws JsonMistake at the first mistake.
 */
export function readJson(text: string): JsonDocument {
  if (text.trim() === '') throw new JsonMistake('1:1', 'is not JSON: the file is empty');
  if (text.startsWith('\u{FEFF}'))
    throw new JsonMistake('1:1', 'is not JSON: begins with a byte-order mark; save it as UTF-8 without one');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error || !tree) throw new JsonMistake(placeOf(text, error?.offset ?? 0), describe(text, error));
  const twice = findTwice(tree);
  if (twice)
    throw new JsonMistake(placeOf(text, twice.offset), `states "${twice.value}" twice in one object`);
  return {
    value: JSON.parse(text),
    place(path) {
      const nearest = findNearest(tree, path);
      return nearest === tree ? undefined : placeOf(text, nearest.offset);
    },
  };
}

function findNearest(tree: Node, path: readonly PropertyKey[]): Node {
  let node = tree;
  for (const key of path) {
    const { type, children = [] } = node;
    const next =
      type === 'array'
        ? children[Number(key)]
        : children.find(({ children: member }) => member?.[0]?.value === key)?.children?.[1];
    if (!next) break;
    node = next;
  }
  // A member's place is that of its name.
  return node.parent?.type === 'property' ? node.parent : node;
}

function findTwice({ type, children = [] }: Node): Node | undefined {
  const seen = new Set<unknown>();
  if (type === 'object') {
    for (const { children: [name] = [] } of children) {
      if (name && seen.has(name.value)) return name;
      seen.add(name?.value);
    }
  }
  for (const child of children) {
    const found = findTwice(child);
    if (found) return found;
  }
  return undefined;
}

const mistakes: Readonly<Record<string, string>> = {
  CommaExpected: 'a comma, or the end of the list or object, is missing before this',
  ColonExpected: 'a colon is missing before this',
  PropertyNameExpected: 'a member name in double quotes must stand here; a comma before "}" is one too many',
  ValueExpected: 'a value must stand here; a comma before "]" is one too many',
  CloseBraceExpected: 'a "}" is missing here',
  CloseBracketExpected: 'a "]" is missing here',
  EndOfFileExpected: 'nothing may follow the object',
  UnexpectedEndOfString: 'this text has no closing quote',
  InvalidCommentToken: 'comments are not allowed in JSON',
  InvalidSymbol: 'this is no value; text stands in double quotes',
  InvalidEscapeCharacter: 'a backslash in text is written "\\\\"',
  InvalidCharacter: 'a line break or tab in text is written "\\n" or "\\t"',
};

function describe(text: string, error: ParseError | undefined): string {
  const code = error ? printParseErrorCode(error.error) : 'ValueExpected';
  const scanner = createScanner(text);
  scanner.setPosition(error?.offset ?? 0);
  scanner.scan();
  const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
  const [found = ''] = token.slice(0, 40).split('\n');
  return `is not JSON: ${mistakes[code] ?? code}${found ? `: ${found}` : ''}`;
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
