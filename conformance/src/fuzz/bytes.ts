import fc, { type Arbitrary } from 'fast-check';

const encoder = new TextEncoder();

/** What means something to a reader of streams, of JSON or of UTF-8, and halves of it. */
const loadedBytes = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\u0000',
  '\ufeff',
  'data:',
  'data: ',
  'data: [DONE]\n\n',
  'event: error\n',
  'event:result\n',
  'id:1\n',
  ':HTTP_STATUS/400\n',
  'retry: 1\n',
  ': ping\n\n',
  'data: {}\n\n',
  'data: null\n\n',
  'data: {"error":{}}\n\n',
  '{"code":"x","message":"y"}',
  '<html>',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  '杭州',
  '🙂',
].map((text) => encoder.encode(text));
const brokenCharacters = [[0xff], [0xc0, 0x80], [0xe6, 0x9d], [0xed, 0xa0, 0xbd], [0xf0, 0x9f], [0xef, 0xbb]];

/** Any bytes: half of them such as mean something. */
export const anyBytes: Arbitrary<Uint8Array> = fc
  .array(fc.oneof(fc.constantFrom(...loadedBytes), loadedOr(8)), { maxLength: 40 })
  .map(joinBytes);

/** One change of bytes at a place that is counted from the beginning, and again from there when it is past the end. */
interface Edit {
  readonly place: number;
  readonly length: number;
  readonly kind: 'insert' | 'delete' | 'overwrite' | 'repeat' | 'cut off';
  readonly bytes: Uint8Array;
}

/** The same bytes with some of them changed. */
export function mangled(bodies: Arbitrary<Uint8Array>): Arbitrary<Uint8Array> {
  const edit: Arbitrary<Edit> = fc.record({
    place: fc.nat(),
    length: fc.nat({ max: 200 }),
    kind: fc.constantFrom('insert', 'insert', 'delete', 'overwrite', 'repeat', 'cut off'),
    bytes: fc.oneof(fc.constantFrom(...loadedBytes), loadedOr(6)),
  });
  return fc
    .tuple(bodies, fc.array(edit, { minLength: 1, maxLength: 8 }))
    .map(([body, edits]) => edits.reduce(applyEdit, body));
}

function applyEdit(body: Uint8Array, { place, length, kind, bytes }: Edit): Uint8Array {
  const at = place % (body.length + 1);
  const [before, after] = [body.subarray(0, at), body.subarray(at)];
  switch (kind) {
    case 'insert':
      return joinBytes([before, bytes, after]);
    case 'delete':
      return joinBytes([before, after.subarray(length)]);
    case 'overwrite':
      return joinBytes([before, bytes, after.subarray(bytes.length)]);
    case 'repeat':
      return joinBytes([before, after.subarray(0, length), after]);
    case 'cut off':
      return before;
  }
}

/** Where bytes are cut into chunks. */
export const anyCuts: Arbitrary<readonly number[]> = fc.array(fc.nat(), { maxLength: 24 });

/** The bytes in pieces, some of them empty. */
export function cutBytes(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const offsets = cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other);
  return [0, ...offsets].map((offset, index) => bytes.subarray(offset, offsets[index] ?? bytes.length));
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function loadedOr(maxLength: number): Arbitrary<Uint8Array> {
  return fc.oneof(
    fc.constantFrom(...brokenCharacters).map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array({ maxLength }),
    fc.string({ unit: 'binary', maxLength }).map((text) => encoder.encode(text)),
  );
}
