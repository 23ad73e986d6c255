import type { ChatCall } from './chat-call.ts';
import type { Rule } from './rule-book.ts';

/** A spoken answer, before a wire writes it. */
export interface SpokenAnswer {
  readonly id: string;
  /** Base64 of the sound. */
  readonly data: string;
  readonly transcript: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** What is spoken when the call asks a model that speaks for it: the rule's sound, or a short tone. */
export function planSpeech(call: ChatCall, rule: Rule | undefined, text: string): SpokenAnswer | undefined {
  if (call.speech === undefined || !call.model.speaks || text === '') return undefined;
  const { data = tone, transcript = text } = rule?.audio ?? {};
  return {
    id: `audio_${call.requestId}`,
    data,
    transcript,
    expiresAt: Math.floor(call.at / 1000) + 3600,
  };
}

const tone = writeWav({ hertz: 440, seconds: 0.1, sampleRate: 24_000 });

/** Base64 of a WAV file: one channel of 16 bits. */
function writeWav({ hertz, seconds, sampleRate }: Tone): string {
  const samples = Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hertz * index) / sampleRate)),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([header, Buffer.from(Int16Array.from(samples).buffer)]).toString('base64');
}

interface Tone {
  readonly hertz: number;
  readonly seconds: number;
  readonly sampleRate: number;
}
