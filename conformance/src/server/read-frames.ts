import type { WireName } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';

/** One server-sent event, held to the framing that the documents show. */
export interface Frame {
  /** `error` on the native wire only. */
  readonly event: 'result' | 'error';
  /** What the native wire says in its `:HTTP_STATUS/` line. */
  readonly status: number | undefined;
  /** The parsed data; `undefined` when it is not JSON. */
  readonly data: unknown;
}

export interface ReadFrames {
  readonly frames: readonly Frame[];
  readonly differences: readonly Difference[];
}

/**
 * Reads a stream strictly: the lines of each frame, their blanks and line ends, the numbering and the end marker are
 * those of the documents, though a reader of server-sent events would accept more.
 *
 * @see https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope
 */
export function readFrames(body: Uint8Array, wireFormat: WireName): ReadFrames {
  const text = Buffer.from(body).toString('utf8');
  const differences: Difference[] = [];
  if (text.startsWith('\ufeff')) differences.push(differ('body', 'no byte-order mark', 'a byte-order mark'));
  if (text.includes('\r')) differences.push(differ('body', 'lines that end in LF', 'CR'));
  if (text.includes('\ufffd')) differences.push(differ('body', 'UTF-8', 'other bytes'));
  const lines = normalize(text);
  if (!lines.endsWith('\n\n')) differences.push(differ('body', 'a blank line at the end', text.slice(-40)));
  const blocks = lines.split('\n\n').filter((block) => block !== '');
  const read = wireFormat === 'dashscope' ? readNative(blocks) : readCompatible(blocks);
  return { frames: read.frames, differences: [...differences, ...read.differences] };
}

const nativeLines = /^id:(\d+)\nevent:(result|error)\n:HTTP_STATUS\/(\d{3})\ndata:(\{.*\})$/;

function readNative(blocks: readonly string[]): ReadFrames {
  const differences: Difference[] = [];
  const frames = blocks.flatMap((block, index): Frame[] => {
    const path = `frames[${index}]`;
    const [, id, event, status, data = ''] = nativeLines.exec(block) ?? [];
    if (event === undefined) {
      const expected = 'the lines id:N, event:result or event:error, :HTTP_STATUS/NNN, data:{…}';
      differences.push(differ(path, expected, block.slice(0, 120)));
      return [];
    }
    if (Number(id) !== index + 1) differences.push(differ(`${path}.id`, index + 1, Number(id)));
    if (event === 'result' && status !== '200')
      differences.push(differ(`${path}.HTTP_STATUS`, 200, Number(status)));
    return [{ event: event as Frame['event'], status: Number(status), data: parse(data, path, differences) }];
  });
  return { frames, differences };
}

function readCompatible(blocks: readonly string[]): ReadFrames {
  const differences: Difference[] = [];
  const last = blocks.length - 1;
  const frames = blocks.flatMap((block, index): Frame[] => {
    const path = `frames[${index}]`;
    if (block === 'data: [DONE]') {
      if (index !== last) differences.push(differ(path, '[DONE] as the last frame only', '[DONE]'));
      return [];
    }
    const data = /^data: (\{.*\})$/.exec(block)?.[1];
    if (data === undefined) {
      differences.push(differ(path, 'one line data: {…}', block.slice(0, 120)));
      return [];
    }
    return [{ event: 'result', status: undefined, data: parse(data, path, differences) }];
  });
  return { frames, differences };
}

/** Whether a compatible stream ends as the documents say. */
export function endsWithDone(body: Uint8Array): boolean {
  return normalize(Buffer.from(body.subarray(-20)).toString('utf8')).endsWith('data: [DONE]\n\n');
}

/** Each thing that is wrong is said once. */
function normalize(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
}

function parse(data: string, path: string, differences: Difference[]): unknown {
  try {
    return JSON.parse(data);
  } catch {
    differences.push(differ(`${path}.data`, 'JSON', data.slice(0, 120)));
    return undefined;
  }
}

function differ(path: string, expected: unknown, actual: unknown): Difference {
  return { path, expected, actual };
}
