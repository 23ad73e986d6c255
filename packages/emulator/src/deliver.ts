import type { Fault } from './config.ts';

/** What happens next on the way to the client. */
export type DeliveryStep =
  | {
      readonly type: 'send';
      readonly bytes: Uint8Array;
      readonly framesSent: number;
      /** Whether the reply is whole with it. */
      readonly last: boolean;
    }
  | { readonly type: 'wait'; readonly ms: number }
  /** Nothing more is sent, and the connection stays open. */
  | { readonly type: 'stall' }
  /** The connection is cut. */
  | { readonly type: 'cut' }
  /** The connection is closed cleanly, before or after the last frame. */
  | { readonly type: 'end'; readonly whole: boolean };

export interface DeliverOptions {
  readonly fault: Fault;
  readonly frameDelayMs: number;
  /** Written in place of the frames that an `errorAfterFrames` holds back. */
  readonly writeErrorFrame: (framesSent: number) => string;
}

/** Turns frames into chunks of bytes and pauses, with what a fault asks for. */
export function* deliver(frames: readonly string[], options: DeliverOptions): Generator<DeliveryStep> {
  const { fault, writeErrorFrame } = options;
  const delayMs = fault.frameDelayMs ?? options.frameDelayMs;
  let waiting: Uint8Array[] = [];
  let framesSent = 0;
  // A fault may wait for exactly the last frame; an error after it has no place left.
  const atEnd = stopAfter(frames.length, fault);
  const stopsAtEnd = atEnd !== undefined && atEnd !== 'error';
  const flush = function* (): Generator<DeliveryStep> {
    const bytes = concatenate(waiting);
    waiting = [];
    const chunks = split(bytes, fault.bytesPerChunk);
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1 && framesSent === frames.length && !stopsAtEnd;
      yield { type: 'send', bytes: chunk, framesSent, last };
    }
  };
  for (const frame of frames) {
    const stop = stopAfter(framesSent, fault);
    if (stop !== undefined) {
      yield* flush();
      if (stop !== 'error') return yield stop;
      waiting.push(encode(writeErrorFrame(framesSent), framesSent, fault));
      yield* flush();
      return yield { type: 'end', whole: false };
    }
    if (delayMs > 0) yield { type: 'wait', ms: delayMs };
    waiting.push(encode(frame, framesSent, fault));
    framesSent += 1;
    if (framesSent % (fault.framesPerChunk ?? 1) === 0) yield* flush();
  }
  yield* flush();
  yield stopsAtEnd ? atEnd : { type: 'end', whole: true };
}

function stopAfter(framesSent: number, fault: Fault): DeliveryStep | 'error' | undefined {
  if (fault.stallAfterFrames === framesSent) return { type: 'stall' };
  if (fault.disconnectAfterFrames === framesSent) return { type: 'cut' };
  if (fault.endAfterFrames === framesSent) return { type: 'end', whole: false };
  return fault.errorAfterFrames?.frames === framesSent ? 'error' : undefined;
}

function encode(frame: string, framesSent: number, { framing = {} }: Fault): Uint8Array {
  let text = frame;
  if (framing.swapSpaces)
    // Not at the start of what only regular expressions take for a line, such as after U+2028 in a text.
    text = text.replace(
      /(^|\n)(id|event|data):( ?)/g,
      (_, end, name, space) => `${end}${name}:${space ? '' : ' '}`,
    );
  if (framing.omitBlankLines) text = text.replace(/\n\n$/, '\n');
  if (framing.crlf) text = text.replaceAll('\n', '\r\n');
  if (framing.byteOrderMark && framesSent === 0) text = `\uFEFF${text}`;
  return encoder.encode(text);
}

const encoder = new TextEncoder();

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function split(bytes: Uint8Array, size = bytes.length): readonly Uint8Array[] {
  if (bytes.length === 0) return [];
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
