import fc, { type Arbitrary } from 'fast-check';
import type { CaseIndex } from '../load-cases.ts';
import { anyBytes, joinBytes, mangled } from './bytes.ts';
import { mutated, oddJson } from './mutations.ts';

/** Longer ones show nothing more, and take long to change. */
const longest = 16 * 1024;

/** Bytes that a client may be sent, from the documented replies of one wire and from nowhere. */
export interface Bodies {
  /** Streams, whole and broken. */
  readonly streams: Arbitrary<Uint8Array>;
  /** Replies and failures in one piece of JSON, whole and broken. */
  readonly replies: Arbitrary<Uint8Array>;
  /** Replies and streams of which some values are nested deeper than a stack is high, or megabytes long. */
  readonly heavy: Arbitrary<Uint8Array>;
}

export function createBodies(wire: string, { cases }: CaseIndex): Bodies {
  const texts = cases
    .filter(({ wireFormat }) => wireFormat === wire)
    .flatMap(({ exchanges }) => exchanges)
    .flatMap(({ reply }) => (reply.kind === 'http' && reply.body.length <= longest ? [reply.body] : []))
    .map((body) => new TextDecoder().decode(body));
  const replies = texts.map(parse).filter((value) => value !== undefined);
  const streams = texts.map(toFrames).filter((frames) => frames.length > 0);
  const frameValues = streams
    .flat()
    .map(parse)
    .filter((value) => value !== undefined);
  const documented = { streams: texts.filter((text) => toFrames(text).length > 0), replies, frameValues };
  return {
    streams: anyStream(documented).map(shown),
    replies: anyReply(documented).map(shown),
    heavy: anyHeavy(documented),
  };
}

interface Documented {
  readonly streams: readonly string[];
  readonly replies: readonly unknown[];
  readonly frameValues: readonly unknown[];
}

function anyStream({ streams, replies, frameValues }: Documented): Arbitrary<Uint8Array> {
  const real = fc.constantFrom(...streams).map(encode);
  const value = fc.constantFrom(...frameValues, ...replies);
  const frame = fc.record({
    before: fc.constantFrom(
      '',
      '',
      '',
      'event: error\n',
      'event:result\n',
      'id: 1\n',
      ':HTTP_STATUS/429\n',
      ': x\n',
    ),
    data: fc.oneof(
      value.map(write),
      mutated(value).map(write),
      mutated(value).map(write),
      oddJson.map(write),
      fc.constant('[DONE]'),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    end: fc.constantFrom('\n\n', '\n\n', '\n\n', '\r\n\r\n', '\n', ''),
  });
  const structured = fc
    .array(frame, { maxLength: 8 })
    .map((frames) => encode(frames.map(({ before, data, end }) => `${before}data: ${data}${end}`).join('')));
  return fc.oneof(
    anyBytes,
    mangled(real),
    mutatedStream(streams),
    mutatedStream(streams),
    structured,
    mangled(structured),
  );
}

/** A documented stream in which the JSON of some frames is changed, so that what came before and after holds. */
function mutatedStream(streams: readonly string[]): Arbitrary<Uint8Array> {
  const parts = fc.constantFrom(...streams).map((text) => text.split(/^(data: ?)(.*)$/m));
  return parts
    .chain((pieces) => {
      const values = pieces.map((piece, index) => (isData(index) ? parse(piece) : undefined));
      const places = values.flatMap((value, index) => (value === undefined ? [] : [index]));
      if (places.length === 0) return fc.constant(pieces);
      const place = fc.constantFrom(...places);
      return fc
        .array(
          place.chain((at) => fc.tuple(fc.constant(at), mutated(fc.constant(values[at])).map(write))),
          {
            minLength: 1,
            maxLength: 3,
          },
        )
        .map((changes) => {
          const changed = new Map(changes);
          return pieces.map((piece, index) => changed.get(index) ?? piece);
        });
    })
    .map((pieces) => encode(pieces.join('')));
}

function isData(index: number): boolean {
  return index % 3 === 2;
}

function anyReply({ replies, frameValues }: Documented): Arbitrary<Uint8Array> {
  const value = fc.oneof(fc.constantFrom(...replies), fc.constantFrom(...replies, ...frameValues));
  const whole = mutated(value).map((changed) => encode(write(changed)));
  const padded = fc
    .tuple(fc.constantFrom('\ufeff', ' \n', '\u0000', ")]}'\n", 'data: '), whole)
    .map(([start, body]) => joinBytes([encode(start), body]));
  return fc.oneof(
    whole,
    whole,
    whole,
    padded,
    mangled(whole),
    anyBytes,
    oddJson.map((odd) => encode(write(odd))),
  );
}

/** Prints itself as text where a run fails. */
function shown(bytes: Uint8Array): Uint8Array {
  const print = () => JSON.stringify(Buffer.from(bytes).toString('latin1'));
  return Object.defineProperty(bytes.slice(), fc.toStringMethod, { value: print });
}

const deep = 50_000;
const long = 4_000_000;
const heavyTexts = [
  '['.repeat(deep) + ']'.repeat(deep),
  `${'{"a":'.repeat(deep)}0${'}'.repeat(deep)}`,
  JSON.stringify('a'.repeat(long)),
  JSON.stringify('\\'.repeat(long / 10)),
  JSON.stringify(' \n'.repeat(long / 10)),
  `[${'0,'.repeat(long / 10)}0]`,
];
const stand = 'heavy';

/** Such values cannot be written by JSON.stringify, so they take the place of a word in what was written. */
function anyHeavy({ replies, frameValues }: Documented): Arbitrary<Uint8Array> {
  const value = mutated(fc.constantFrom(...replies, ...frameValues), {
    replacements: fc.constant(stand),
  }).map(write);
  return fc
    .tuple(value, fc.constantFrom(...heavyTexts), fc.boolean())
    .map(([text, heavy, isFrame]) => `${isFrame ? 'data: ' : ''}${text.replaceAll(`"${stand}"`, heavy)}`)
    .map(encode);
}

function toFrames(text: string): readonly string[] {
  return [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data = '']) => data);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
