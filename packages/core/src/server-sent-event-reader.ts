import { parseJson } from './json.ts';
import { QwireError } from './qwire-error.ts';
import type { ServerSentEvent } from './server-sent-event.ts';

/** Longest line, and longest frame, that is read: one picture of 10 MB in base64 fits. */
const maxLength = 32 * 1024 * 1024;
/** Most that a frame may hold beside its data. */
const maxBeside = 1024 * 1024;
/** How often one frame is looked at for whether its data is whole. */
const mostLooks = 8;

export interface ServerSentEventReader {
  /** Reads the next bytes, cut anywhere, and reports the frames that they complete. */
  push(chunk: Uint8Array): void;
  /** Reports a last frame that no blank line ended. */
  end(): void;
}

/**
 * Reads text/event-stream. Beyond the format's own rules it keeps comment lines and unknown fields, reports the last
 * frame when its blank line is missing, and tells frames apart when all blank lines are missing.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createServerSentEventReader(
  onFrame: (frame: ServerSentEvent) => void,
): ServerSentEventReader {
  // Drops a byte-order mark, and keeps a character that two chunks share.
  const decoder = new TextDecoder();
  let rest = '';
  let endedInReturn = false;
  let data: string[] = [];
  let event = '';
  let id = '';
  let comments: string[] = [];
  let otherFields: (readonly [name: string, value: string])[] = [];
  let dataLength = 0;
  let besideLength = 0;
  let looks = 0;

  return {
    push(chunk) {
      readText(decoder.decode(chunk, { stream: true }));
    },
    end() {
      readText(decoder.decode());
      if (rest) readLine(rest);
      rest = '';
      flush();
    },
  };

  function readText(decoded: string): void {
    const text = decoded.includes('\r') || endedInReturn ? unifyLineEnds(decoded) : decoded;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      readLine(rest ? rest + text.slice(start, end) : text.slice(start, end));
      rest = '';
      start = end + 1;
    }
    rest += text.slice(start);
    if (rest.length > maxLength) throw tooLong();
  }

  /** CR LF and CR become LF, also when CR and LF came in different chunks. */
  function unifyLineEnds(text: string): string {
    const whole = endedInReturn && text.startsWith('\n') ? text.slice(1) : text;
    endedInReturn = text === '' ? endedInReturn : text.endsWith('\r');
    return whole.replace(/\r\n?/g, '\n');
  }

  function readLine(line: string): void {
    if (line === '') {
      flush();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') addData(value);
    else addField(name, value);
  }

  function addField(name: string, value: string): void {
    // A frame's data comes last, so a line after complete data begins a new frame.
    if (isWhole()) flush();
    besideLength += name.length + value.length + 1;
    if (besideLength > maxBeside) throw tooLong();
    if (name === '') comments.push(value);
    else if (name === 'event') event = value.trim();
    else if (name === 'id') id = value.trim();
    else otherFields.push([name, value.trim()]);
  }

  function isWhole(): boolean {
    if (data.length === 0 || looks === mostLooks) return false;
    looks += 1;
    return parseJson(data.join('\n')) !== undefined;
  }

  function addData(value: string): void {
    // No JSON text holds "}" and "{" with only a line end between them: two frames.
    if (data.at(-1)?.endsWith('}') && (value.startsWith('{') || value === '[DONE]')) flush();
    data.push(value);
    dataLength += value.length + 1;
    if (dataLength > maxLength) throw tooLong();
  }

  function flush(): void {
    if (data.length > 0 || event || comments.length > 0 || otherFields.length > 0) {
      onFrame({ data: data.join('\n'), event, id, comments, otherFields });
    }
    data = [];
    event = '';
    id = '';
    comments = [];
    otherFields = [];
    dataLength = 0;
    besideLength = 0;
    looks = 0;
  }
}

function tooLong(): QwireError {
  return new QwireError('The stream sent a line or frame of over 32 MB, or 1 MB beside its data', {
    kind: 'invalid-response',
  });
}
