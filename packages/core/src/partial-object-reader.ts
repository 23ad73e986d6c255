// A state machine over JSON text: one function for each mode, which reads on from a position and returns where it ended.

/** Reads JSON text piece by piece and knows, at any time, the value so far. */
export interface PartialObjectReader {
  /** Reads on. Returns the value so far when it has grown, else `undefined`; what was returned never changes later. */
  push(text: string): unknown;
  /** Says that no more text comes, which ends a number. Returns as `push` does. */
  end(): unknown;
}

type Between = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'next';
type Inside = 'string' | 'escape' | 'unicode' | 'number' | 'literal';
/** `over` reads no more: the value is complete, or the text cannot become JSON any more. */
type Mode = Between | Inside | 'over';

interface Container {
  readonly items: unknown[] | Record<string, unknown>;
  /** Where the next value of an object goes. */
  key: string;
  /** What copying it costs. */
  cost: number;
}

/**
 * Copying what is open costs as much as it is wide, so it is copied only once enough text has come to pay for it: time
 * stays linear in the text, and only very wide values grow in larger steps. Members cost more than items do.
 */
const costPerCharacter = 64;
const itemCost = 1;
const memberCost = 8;

const literals: Readonly<Record<string, readonly [word: string, value: boolean | null]>> = {
  t: ['true', true],
  f: ['false', false],
  n: ['null', null],
};

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const takesBlanks: Readonly<Partial<Record<Mode, true>>> = {
  value: true,
  'first-item': true,
  'first-key': true,
  key: true,
  colon: true,
  next: true,
} satisfies Record<Between, true>;
const blanks = ' \t\n\r';
const numberStart = '-0123456789';
const numberRest = '0123456789+-.eE';
const wholeNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * What cannot become JSON any more ends the growth; whether the whole is valid is for `JSON.parse` to say. Unfinished
 * texts are reported as far as they go, unfinished numbers, words and keys are not.
 */
export function createPartialObjectReader(): PartialObjectReader {
  const open: Container[] = [];
  let mode: Mode = 'value';
  let root: unknown;
  /** What was read of the present text, number or word. */
  let token = '';
  let isKey = false;
  /** Whether a text that is a value is begun and not ended. */
  let inText = false;
  /** The first half of a pair of code units, whose second half is still to come. */
  let half = '';
  let hexDigits = '';
  let hasGrown = false;
  /** What copying all that is open costs. */
  let openCost = 0;
  let charactersSinceCopy = 0;

  const read: Readonly<Record<Mode, (text: string, at: number) => number>> = {
    value: (text, at) => readValue(text, at),
    'first-item': (text, at) => (text[at] === ']' ? close(at) : readValue(text, at)),
    'first-key': (text, at) => (text[at] === '}' ? close(at) : readKey(text, at)),
    key: (text, at) => readKey(text, at),
    colon: (text, at) => (text[at] === ':' ? become('value', at) : fail(text)),
    next: readNext,
    string: readString,
    escape: readEscape,
    unicode: readUnicode,
    number: readNumber,
    literal: readLiteral,
    over: (text) => text.length,
  };

  return {
    push(text) {
      for (let at = 0; at < text.length; ) {
        at = takesBlanks[mode] && blanks.includes(text.charAt(at)) ? at + 1 : read[mode](text, at);
      }
      charactersSinceCopy += text.length;
      return hasGrown && openCost <= charactersSinceCopy * costPerCharacter ? copy() : undefined;
    },
    end() {
      if (mode === 'number') endNumber();
      return hasGrown ? copy() : undefined;
    },
  };

  function become(next: Mode, at: number): number {
    mode = next;
    return at + 1;
  }

  function fail(text: string): number {
    mode = 'over';
    return text.length;
  }

  function readValue(text: string, at: number): number {
    const first = text.charAt(at);
    if (first === '"') return beginString(at, false);
    if (first === '{') return beginContainer({}, 'first-key', at);
    if (first === '[') return beginContainer([], 'first-item', at);
    token = '';
    if (numberStart.includes(first)) mode = 'number';
    else if (Object.hasOwn(literals, first)) mode = 'literal';
    else return fail(text);
    return at;
  }

  function readKey(text: string, at: number): number {
    return text[at] === '"' ? beginString(at, true) : fail(text);
  }

  /** After a value inside of a container. */
  function readNext(text: string, at: number): number {
    const isList = Array.isArray(open.at(-1)?.items);
    if (text[at] === ',') return become(isList ? 'value' : 'key', at);
    return text[at] === (isList ? ']' : '}') ? close(at) : fail(text);
  }

  function beginContainer(items: Container['items'], next: Mode, at: number): number {
    open.push({ items, key: '', cost: itemCost });
    openCost += itemCost;
    hasGrown = true;
    return become(next, at);
  }

  function close(at: number): number {
    const container = open.pop();
    if (container) {
      openCost -= container.cost;
      complete(container.items);
    }
    return at + 1;
  }

  function complete(value: unknown): void {
    const container = open.at(-1);
    mode = container ? 'next' : 'over';
    if (!container) {
      root = value;
      return;
    }
    put(container, value);
    const cost = Array.isArray(container.items) ? itemCost : memberCost;
    container.cost += cost;
    openCost += cost;
  }

  function beginString(at: number, key: boolean): number {
    token = '';
    isKey = key;
    inText = !key;
    if (inText) hasGrown = true;
    return become('string', at);
  }

  function readString(text: string, at: number): number {
    let until = at;
    while (until < text.length && isPlain(text.charCodeAt(until))) until += 1;
    if (until > at) addText(text.slice(at, until));
    if (until === text.length) return until;
    if (text[until] === '"') return endString(until);
    return text[until] === '\\' ? become('escape', until) : fail(text);
  }

  function readEscape(text: string, at: number): number {
    const letter = text.charAt(at);
    if (letter === 'u') {
      hexDigits = '';
      return become('unicode', at);
    }
    const character = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (character === undefined) return fail(text);
    addText(character);
    return become('string', at);
  }

  function readUnicode(text: string, at: number): number {
    if (!/[0-9a-fA-F]/.test(text.charAt(at))) return fail(text);
    hexDigits += text.charAt(at);
    if (hexDigits.length < 4) return at + 1;
    addText(String.fromCharCode(Number.parseInt(hexDigits, 16)));
    return become('string', at);
  }

  function addText(piece: string): void {
    const whole = half + piece;
    half = isFirstHalf(whole.charCodeAt(whole.length - 1)) ? whole.slice(-1) : '';
    const ready = whole.slice(0, whole.length - half.length);
    token += ready;
    if (ready && inText) hasGrown = true;
  }

  function endString(at: number): number {
    const container = open.at(-1);
    // A half that stays alone is allowed.
    if (half && inText) hasGrown = true;
    token += half;
    half = '';
    inText = false;
    if (isKey && container) {
      container.key = token;
      return become('colon', at);
    }
    complete(token);
    return at + 1;
  }

  function readNumber(text: string, at: number): number {
    let until = at;
    while (until < text.length && numberRest.includes(text.charAt(until))) until += 1;
    token += text.slice(at, until);
    if (until < text.length) endNumber();
    return until;
  }

  function endNumber(): void {
    if (!wholeNumber.test(token)) {
      mode = 'over';
      return;
    }
    hasGrown = true;
    complete(Number(token));
  }

  function readLiteral(text: string, at: number): number {
    token += text.charAt(at);
    const [word, value] = literals[token.charAt(0)] ?? [''];
    if (!word.startsWith(token)) return fail(text);
    if (token === word) {
      hasGrown = true;
      complete(value);
    }
    return at + 1;
  }

  /** The value so far. Containers that are closed do not change any more, so only open ones are copied. */
  function copy(): unknown {
    hasGrown = false;
    charactersSinceCopy = 0;
    let value: unknown = inText ? token : root;
    for (const { items, key } of [...open].reverse()) {
      const copied = Array.isArray(items) ? [...items] : { ...items };
      if (value !== undefined) put({ items: copied, key }, value);
      value = copied;
    }
    return value;
  }
}

function put({ items, key }: Pick<Container, 'items' | 'key'>, value: unknown): void {
  if (Array.isArray(items)) items.push(value);
  // An assignment would set the prototype, where JSON.parse makes a member.
  else if (key === '__proto__') {
    Object.defineProperty(items, key, { value, enumerable: true, configurable: true, writable: true });
  } else items[key] = value;
}

function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
