import type { Defect } from './defects.ts';

/** One server-sent event, its comments and unknown fields kept. */
export interface Frame {
  readonly data: string;
  readonly event: string;
  readonly id: string;
  readonly comments: readonly string[];
  readonly otherFields: readonly (readonly [string, string])[];
}

export interface FrameReader {
  push(bytes: Uint8Array): Frame[];
  end(): Frame[];
}

interface OpenFrame {
  data: string | undefined;
  event: string;
  id: string;
  comments: string[];
  otherFields: (readonly [string, string])[];
}

/** Bytes of a stream to its frames, by a reader of the suite's own that can be given defects. */
export function createFrameReader(defects: ReadonlySet<Defect>): FrameReader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let atStart = true;
  let open = emptyFrame();

  return {
    push(bytes) {
      text += defects.has('decode-each-chunk-alone')
        ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        : decoder.decode(bytes, { stream: true });
      if (atStart && text !== '') {
        if (!defects.has('byte-order-mark-kept')) text = text.replace(/^\uFEFF/, '');
        atStart = false;
      }
      const { lines, rest } = takeLines(text, defects);
      text = rest;
      return lines.flatMap(readLine);
    },
    end() {
      const last = text === '' ? [] : readLine(text.replace(/\r$/, ''));
      return defects.has('last-frame-needs-blank-line') ? last : [...last, ...flush()];
    },
  };

  function readLine(whole: string): Frame[] {
    const line = defects.has('long-line-cut') ? whole.slice(0, 64 * 1024) : whole;
    if (line === '') return flush();
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1);
    // Blank lines may be missing: a frame's data comes last, so anything behind whole data begins the next frame.
    const tolerant = !defects.has('split-on-lf-only') && !defects.has('blank-line-required');
    const before = tolerant && open.data !== undefined && isComplete(open.data) ? flush() : [];
    addField(name, value);
    return before;
  }

  function addField(name: string, value: string): void {
    const trimmed = value.startsWith(' ') ? value.slice(1) : value;
    if (name === 'data') addData(trimmed);
    else if (name === 'event') open.event = defects.has('event-name-not-trimmed') ? value : value.trim();
    else if (name === 'id') open.id = trimmed;
    else if (name === '') addComment(trimmed);
    else open.otherFields.push([name, trimmed]);
  }

  function addComment(text: string): void {
    if (defects.has('comment-line-throws')) throw new TypeError(`Not a field: ${text}`);
    open.comments.push(text);
  }

  function addData(value: string): void {
    if (open.data === undefined) open.data = value;
    else if (!defects.has('first-data-line-only')) open.data += `\n${value}`;
  }

  function flush(): Frame[] {
    const { data = '', event } = open;
    const frame = { ...open, data };
    open = emptyFrame();
    return data !== '' || event !== '' ? [frame] : [];
  }
}

function emptyFrame(): OpenFrame {
  return { data: undefined, event: '', id: '', comments: [], otherFields: [] };
}

function isComplete(data: string): boolean {
  if (data === '[DONE]') return true;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

/** A CR at the end stays, because its LF may come with the next bytes. */
function takeLines(text: string, defects: ReadonlySet<Defect>): { lines: string[]; rest: string } {
  const lines = text.split(lineEnd(defects));
  const rest = lines.pop() ?? '';
  return { lines, rest };
}

function lineEnd(defects: ReadonlySet<Defect>): RegExp {
  if (defects.has('split-on-lf-only')) return /\n/;
  return defects.has('splits-on-unicode-line-ends')
    ? /\r\n|[\n\v\f\u0085\u2028\u2029]|\r(?!$)/
    : /\r\n|\n|\r(?!$)/;
}
