import { isRecord, parseJson } from './json.ts';

/** Parses the frames of one stream. */
export interface FrameParser {
  /** What `JSON.parse` gives, or `undefined` for what is no JSON. It holds until the next frame is parsed. */
  parse(data: string): unknown;
}

/**
 * Parses the frames of streams, most of which are the one before with another text in the same place. Such a frame is
 * not parsed: what differs is taken out of it and put into the value of the frame before.
 *
 * @param members names of the members that hold such texts
 * @returns makes the parser of one stream
 */
export function frameParsers(members: readonly string[]): () => FrameParser {
  const varying = new RegExp(
    `"(?:${members.join('|')})" ?: ?("(?:[^"\\\\]|\\\\.)*")|" ?: ?(-?\\d+)(?=[,}])`,
    'g',
  );
  return () => new TemplateParser(varying);
}

class TemplateParser implements FrameParser {
  readonly #varying: RegExp;
  #template: Template | undefined;
  /** The frame that the last template was made of. */
  #sample = '';
  #filled = 0;
  #created = 0;

  constructor(varying: RegExp) {
    this.#varying = varying;
  }

  parse(data: string): unknown {
    if (this.#template?.fill(data)) {
      this.#filled += 1;
      return this.#template.value;
    }
    this.#template = undefined;
    // Where hardly a frame is like the one before, looking for what they share is in vain.
    if (this.#created <= 4 + this.#filled / 4) {
      this.#created += 1;
      const sample = copy(data);
      this.#template = createTemplate(sample, findSpans(sample, this.#sample, this.#varying));
      this.#sample = sample;
    }
    return this.#template ? this.#template.value : parseJson(data);
  }
}

/** Where a value is found after parsing. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly member: string;
}

interface Hole extends Place {
  /** What stands between the hole before and this one. */
  readonly literal: string;
  readonly isText: boolean;
  /** What stands here in the frame that is being put in. */
  next: unknown;
}

/** A frame that others repeat but for what stands in its holes. */
class Template {
  /** The value of the frame that was put in last. */
  readonly value: unknown;
  readonly #holes: readonly Hole[];
  readonly #tail: string;

  constructor(value: unknown, holes: readonly Hole[], tail: string) {
    this.value = value;
    this.#holes = holes;
    this.#tail = tail;
  }

  /** Puts another frame in; false, and nothing is done, when it differs elsewhere. */
  fill(data: string): boolean {
    let position = 0;
    for (const hole of this.#holes) {
      const { literal, isText } = hole;
      const start = position + literal.length;
      // Comparing slices is several times as fast as startsWith.
      if (data.slice(position, start) !== literal) return false;
      position = isText ? endOfText(data, start) : endOfNumber(data, start);
      const value = isText ? readText(data, start, position) : toNumber(data.slice(start, position));
      if (value === undefined) return false;
      hole.next = value;
    }
    if (data.slice(position) !== this.#tail) return false;
    for (const { holder, member, next } of this.#holes) holder[member] = next;
    return true;
  }
}

/** From where to where a text or number is written. */
interface Span {
  readonly isText: boolean;
  readonly start: number;
  readonly end: number;
}

/** The texts, and the numbers that are others than in the sample. */
function findSpans(data: string, sample: string, varying: RegExp): readonly Span[] {
  const spans = listSpans(data, varying);
  const others = listSpans(sample, varying);
  const written = (text: string, span: Span | undefined) => text.slice(span?.start, span?.end);
  return spans.filter(
    (span, index) =>
      span.isText ||
      (spans.length === others.length && written(data, span) !== written(sample, others[index])),
  );
}

function listSpans(data: string, varying: RegExp): readonly Span[] {
  return [...data.matchAll(varying)].map(({ 0: whole, 1: text, 2: number = '', index }) => {
    const end = index + whole.length;
    // The quotes of a text are no part of its hole.
    return text === undefined
      ? { isText: false, start: end - number.length, end }
      : { isText: true, start: end - text.length + 1, end: end - 1 };
  });
}

function createTemplate(data: string, spans: readonly Span[]): Template | undefined {
  const literals = [...spans, { start: data.length }].map(({ start }, index) =>
    data.slice(spans[index - 1]?.end ?? 0, start),
  );
  // A mark in each hole tells where its value is found after parsing, and whether it was a value at all.
  const marked = literals.map((literal, index) => {
    const mark = `\\u0000${index}`;
    return literal + (index === spans.length ? '' : spans[index]?.isText ? mark : `"${mark}"`);
  });
  // Nothing else may look like one.
  if (data.includes('\\u0000')) return undefined;
  const value = parseJson(marked.join(''));
  const places = new Map(findMarks(value));
  const holes = spans.map(({ isText }, index): Hole | undefined => {
    const place = places.get(`\0${index}`);
    if (!place) return undefined;
    const { holder, member } = place;
    return { holder, member, isText, literal: literals[index] ?? '', next: undefined };
  });
  if (!holes.every((hole) => hole !== undefined)) return undefined;
  const tail = literals.at(-1) ?? '';
  const template = new Template(value, holes, tail);
  return isRecord(value) && template.fill(data) ? template : undefined;
}

/** What is deeper holds no text that the wires know, and may be deeper than the stack is high. */
const deepest = 16;

function* findMarks(value: unknown, depth = 0): Generator<[mark: string, place: Place]> {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  const holder = value as Record<string, unknown>;
  for (const [member, inner] of Object.entries(holder)) {
    if (typeof inner === 'string' && inner.startsWith('\0')) yield [inner, { holder, member }];
    else yield* findMarks(inner, depth + 1);
  }
}

/** The place of the first quote that no backslash precedes, or of the end. */
function endOfText(data: string, start: number): number {
  for (let end = data.indexOf('"', start); end !== -1; end = data.indexOf('"', end + 1)) {
    let first = end;
    while (first > start && data.charCodeAt(first - 1) === backslash) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return data.length;
}

const backslash = 0x5c;

function endOfNumber(data: string, start: number): number {
  let end = data[start] === '-' ? start + 1 : start;
  while (isDigit(data.charCodeAt(end))) end += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Anything but what stands for itself in a text: backslashes, and what must not be there. */
const special = /[^ -[\]-\uffff]/;

/** Engines copy what is shorter where they cut it out, and let the rest hold all that it was cut from: here a chunk. */
const shortest = 13;

/** The text between two quotes; what `JSON.parse` makes holds nothing else. */
function readText(data: string, start: number, end: number): string | undefined {
  const written = end - start < shortest ? data.slice(start, end) : undefined;
  if (written !== undefined && !special.test(written)) return written;
  return parseJson(data.slice(start - 1, end + 1)) as string | undefined;
}

/** The same text, which holds nothing else. */
function copy(text: string): string {
  return text.concat(' ').slice(0, -1);
}

/** Whole numbers that doubles hold exactly, and that are written in one way only. */
const plainNumber = /^(?:0|-?[1-9]\d{0,14})$/;

function toNumber(written: string): number | undefined {
  return plainNumber.test(written) ? Number(written) : undefined;
}
