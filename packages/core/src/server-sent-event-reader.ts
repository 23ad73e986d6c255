import { append } from './append.ts';
import { parseJson } from './json.ts';
import { QwireError } from './qwire-error.ts';
import type { ServerSentEvent } from './server-sent-event.ts';

/** Longest line, and longest frame, that is read: one picture of 10 MB in base64 fits. */
const maxLength = 32 * 1024 * 1024;
/** Most that a frame may hold beside its data. */
const maxBeside = 1024 * 1024;
/** How often one frame is looked at for whether its data is whole. */
const mostLooks = 8;
const none: readonly never[] = [];
// Node's own decoder loses a byte-order mark that follows half a character, so it is left in, and cut off here.
const markIsKept = { ignoreBOM: true };
const wholeCharacters = new TextDecoder('utf-8', markIsKept);

/** Where frames go. */
export interface FrameSink {
  read(frame: ServerSentEvent): void;
  /** What comes after that is not reported. */
  readonly done?: boolean;
}

/**
 * Reads text/event-stream. Beyond the format's own rules it keeps comment lines and unknown fields, reports the last
 * frame when its blank line is missing, and tells frames apart when all blank lines are missing.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class ServerSentEventReader {
  readonly #sink: FrameSink;
  /** Keeps a character that two chunks share; made when there is one, or may be. */
  #decoder: TextDecoder | undefined;
  /** Whether the last chunk was ASCII alone, as the next then is most likely. */
  #isPlain = true;
  #hasBegun = false;
  #rest = '';
  #endedInReturn = false;
  /** The first line of data, and all where there are several. */
  #data: string | undefined;
  #lines: string[] | undefined;
  #event = '';
  #id = '';
  #comments: string[] | undefined;
  #otherFields: (readonly [name: string, value: string])[] | undefined;
  #dataLength = 0;
  #besideLength = 0;
  #looks = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Reads the next bytes, cut anywhere, and reports the frames that they complete. */
  push(chunk: Uint8Array): void {
    this.#readText(this.#decode(chunk));
  }

  /** Reports a last frame that no blank line ended. */
  end(): void {
    this.#readText(this.#decoder?.decode() ?? '');
    if (this.#rest) this.#readLine(this.#rest);
    this.#rest = '';
    this.#flush();
  }

  /** Decoders that carry nothing over read ASCII several times as fast, and Chinese half as fast. */
  #decode(chunk: Uint8Array): string {
    const last = chunk.at(-1);
    if (last === undefined) return '';
    const endsWhole = last < 0x80;
    let text: string;
    if (this.#isPlain && endsWhole) text = wholeCharacters.decode(chunk);
    else {
      this.#decoder ??= new TextDecoder('utf-8', markIsKept);
      text = this.#decoder.decode(chunk, { stream: true });
    }
    this.#isPlain = endsWhole && text.length === chunk.length;
    return text;
  }

  #readText(decoded: string): void {
    const text = this.#endedInReturn || decoded.includes('\r') ? this.#unifyLineEnds(decoded) : decoded;
    let start = !this.#hasBegun && text.startsWith('\uFEFF') ? 1 : 0;
    this.#hasBegun ||= text !== '';
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (this.#rest) {
        this.#readLine(this.#rest + text.slice(start, end));
        this.#rest = '';
      } else if (end === start) this.#flush();
      else if (text.startsWith('data:', start)) this.#addData(text.slice(skipSpace(text, start + 5), end));
      else this.#readLine(text.slice(start, end));
      start = end + 1;
    }
    if (start < text.length) this.#rest += text.slice(start);
    if (this.#rest.length > maxLength) throw tooLong();
  }

  /** CR LF and CR become LF, also when CR and LF came in different chunks. */
  #unifyLineEnds(text: string): string {
    const whole = this.#endedInReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') this.#endedInReturn = text.endsWith('\r');
    return whole.replace(/\r\n?/g, '\n');
  }

  #readLine(line: string): void {
    if (line === '') {
      this.#flush();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(skipSpace(line, colon + 1));
    if (name === 'data') this.#addData(value);
    else this.#addField(name, value);
  }

  #addField(name: string, value: string): void {
    // A frame's data comes last, so a line after complete data begins a new frame.
    if (this.#isWhole()) this.#flush();
    this.#besideLength += name.length + value.length + 1;
    if (this.#besideLength > maxBeside) throw tooLong();
    if (name === '') this.#comments = append(this.#comments, value);
    else if (name === 'event') this.#event = value.trim();
    else if (name === 'id') this.#id = value.trim();
    else this.#otherFields = append(this.#otherFields, [name, value.trim()]);
  }

  #isWhole(): boolean {
    if (this.#data === undefined || this.#looks === mostLooks) return false;
    this.#looks += 1;
    return parseJson(this.#wholeData()) !== undefined;
  }

  #addData(value: string): void {
    // No JSON text holds "}" and "{" with only a line end between them: two frames.
    const last = this.#lines?.at(-1) ?? this.#data;
    if (last?.endsWith('}') && (value.startsWith('{') || value === '[DONE]')) this.#flush();
    if (this.#data === undefined) this.#data = value;
    else this.#lines = append(this.#lines ?? [this.#data], value);
    this.#dataLength += value.length + 1;
    if (this.#dataLength > maxLength) throw tooLong();
  }

  #wholeData(): string {
    return this.#lines?.join('\n') ?? this.#data ?? '';
  }

  #flush(): void {
    const hasFrame = this.#data !== undefined || this.#event || this.#comments || this.#otherFields;
    if (hasFrame && !this.#sink.done) {
      this.#sink.read({
        data: this.#wholeData(),
        event: this.#event,
        id: this.#id,
        comments: this.#comments ?? none,
        otherFields: this.#otherFields ?? none,
      });
    }
    this.#data = undefined;
    this.#lines = undefined;
    this.#dataLength = 0;
    // Most frames of one wire have nothing beside their data.
    if (this.#besideLength === 0) return;
    this.#event = '';
    this.#id = '';
    this.#comments = undefined;
    this.#otherFields = undefined;
    this.#besideLength = 0;
    this.#looks = 0;
  }
}

/** One space before a value does not belong to it. */
function skipSpace(line: string, start: number): number {
  return line.charCodeAt(start) === 0x20 ? start + 1 : start;
}

function tooLong(): QwireError {
  return new QwireError('The stream sent a line or frame of over 32 MB, or 1 MB beside its data', {
    kind: 'invalid-response',
  });
}
