import fc from 'fast-check';
import { expect } from 'vitest';
import { fuzz } from './fuzz.fixture.ts';
import { QwireError } from './qwire-error.ts';
import type { ServerSentEvent } from './server-sent-event.ts';
import { ServerSentEventReader } from './server-sent-event-reader.ts';

const encoder = new TextEncoder();

/** All frames of the pieces, or the error that the reader ended with. */
function read(pieces: readonly Uint8Array[]): {
  readonly frames: ServerSentEvent[];
  readonly error?: string;
} {
  const frames: ServerSentEvent[] = [];
  const reader = new ServerSentEventReader({ read: (frame) => frames.push(frame) });
  try {
    for (const piece of pieces) reader.push(piece);
    reader.end();
    return { frames };
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    return { frames, error: error.message };
  }
}

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const offsets = cuts.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other);
  return [0, ...offsets].map((offset, index) => bytes.subarray(offset, offsets[index]));
}

const loaded = [
  'data:',
  'data: ',
  'event:',
  'id',
  ':',
  ': ',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '{"a":1}',
  '}',
  '[DONE]',
  '\ufeff',
  '杭',
  '🙂',
  '\u0000',
  '\u2028',
];
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(...loaded).map((text) => encoder.encode(text)),
      fc
        .constantFrom([0xff], [0xe6, 0x9d], [0xf0, 0x9f], [0xef, 0xbb, 0xbf], [0xed, 0xa0])
        .map((some) => Uint8Array.from(some)),
      fc.uint8Array({ maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece])));
const cuts = fc.array(fc.nat(), { maxLength: 40 });

fuzz(
  'any bytes give the same frames however they are cut',
  fc.asyncProperty(bytes, cuts, async (some, places) => {
    const whole = read([some]);
    expect(read(cut(some, places))).toEqual(whole);
    expect(read(Array.from(some, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  }),
  10,
);

const line = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ' '));
const trimmed = line.map((text) => text.trim());
const frame = fc.record({
  id: trimmed,
  event: trimmed,
  comments: fc.array(line, { maxLength: 3 }),
  otherFields: fc.array(
    fc.tuple(
      trimmed.filter((name) => !/^(data|event|id)?$|:/.test(name)),
      trimmed,
    ),
    { maxLength: 2 },
  ),
  // Lines that end and begin like JSON are two frames to the reader, whose blank line between got lost.
  data: fc.array(
    line.filter((text) => !/^\{|\}$/.test(text) && text !== '[DONE]'),
    { minLength: 1, maxLength: 3 },
  ),
});
const spaces = fc.constantFrom('', ' ');

fuzz(
  'frames are read as they were written, with any line ends, spaces and cuts',
  fc.asyncProperty(
    fc.array(frame, { maxLength: 5 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
    spaces,
    cuts,
    async (frames, lineEnd, hasMark, space, places) => {
      const text = frames
        .flatMap(({ id, event, comments, otherFields, data }) => [
          ...(id ? [`id:${space}${id}`] : []),
          ...(event ? [`event:${space}${event}`] : []),
          ...comments.map((comment) => `: ${comment}`),
          ...otherFields.map(([name, value]) => `${name}:${space}${value}`),
          ...data.map((value) => `data: ${value}`),
          '',
        ])
        .map((written) => written + lineEnd)
        .join('');
      const written = encoder.encode((hasMark ? '\ufeff' : '') + text);
      expect(read(cut(written, places))).toEqual({
        frames: frames.map(({ data, ...rest }) => ({ ...rest, data: data.join('\n') })),
      });
    },
  ),
  10,
);
