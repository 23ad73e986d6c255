import type { Expectation, TextMatch } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';
import type { ServerReply } from './ask-server.ts';
import type { AskedCase } from './asked-cases.ts';
import { isStreamed } from './asked-cases.ts';
import { errorEnvelope } from './compatible-shapes.ts';
import type { DocumentedRequest } from './documented-request.ts';
import { flatError } from './native-shapes.ts';
import { readFrames } from './read-frames.ts';
import { shapeDifferences } from './shape-differences.ts';

/** An error, and how it came: as the body, as a frame under its own status, or as a frame of a stream with status 200. */
interface ReadRefusal {
  readonly arrival: 'body' | 'framed body' | 'frame';
  /** Of a frame, what the frame itself says. */
  readonly status: number | undefined;
  readonly data: unknown;
  /** Whether the frame is one of the native wire, which has no envelope. */
  readonly isNativeFrame: boolean;
  readonly differences: readonly Difference[];
}

/** Where a refusal is not as documented: how it comes, its shape, its code, its status and its words. */
export function checkRefusal(asked: AskedCase, request: DocumentedRequest, reply: ServerReply): Difference[] {
  const { wireFormat } = asked.testCase;
  const { arrival, status, data, differences, isNativeFrame } = readRefusal(reply, wireFormat);
  const arrivals = allowedArrivals(asked);
  const isFlat = wireFormat === 'dashscope' || isNativeFrame || mayBeFlat(data);
  const shape = shapeDifferences(isFlat ? flatError : errorEnvelope, data, 'body');
  return [
    ...differences,
    ...(arrivals.includes(arrival)
      ? []
      : [{ path: 'reply', expected: arrivals.join(' or '), actual: arrival }]),
    ...shape,
    ...checkRequestId(data, reply),
    ...closest(asked.allowed.map((allowed) => compareError(allowed, { data, status }, asked, request))),
  ];
}

function readRefusal(
  { status, headers, body }: ServerReply,
  wireFormat: AskedCase['testCase']['wireFormat'],
): ReadRefusal {
  if (/^text\/event-stream\b/i.test(headers['content-type'] ?? '')) {
    // Gateways are reported to write native frames on either wire.
    const isNative = /^id:\d+\nevent:error\n/.test(Buffer.from(body).toString('utf8'));
    const { frames, differences } = readFrames(body, isNative ? 'dashscope' : wireFormat);
    const last = frames.at(-1);
    const arrival = status === 200 ? 'frame' : 'framed body';
    const surplus = frames.length > 1 ? [{ path: 'frames', expected: 1, actual: frames.length }] : [];
    const named = arrival === 'frame' ? last?.status : status;
    return {
      arrival,
      status: named,
      data: last?.data,
      isNativeFrame: isNative,
      differences: [...differences, ...surplus],
    };
  }
  const differences: Difference[] = [];
  const type = headers['content-type'];
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(type ?? ''))
    differences.push({ path: 'headers.content-type', expected: 'application/json', actual: type });
  return { arrival: 'body', status, data: parse(body), isNativeFrame: false, differences };
}

/**
 * A stream's refusal can come in several ways; a recording or a document decides where there is one, and either way is
 * fine where there is none.
 */
function allowedArrivals({ testCase, asks }: AskedCase): ReadRefusal['arrival'][] {
  if (!isStreamed(asks.call)) return ['body'];
  const [exchange] = testCase.exchanges;
  const status = exchange?.reply.kind === 'http' ? exchange.reply.status : 200;
  if (testCase.wireFormat === 'openai-compatible')
    return status === 200 ? ['body', 'framed body', 'frame'] : ['body', 'framed body'];
  if (status === 200) return ['frame'];
  return status === 401 ? ['body'] : ['body', 'framed body', 'frame'];
}

/** On the compatible wire this one error is known to come without its envelope. */
function mayBeFlat(data: unknown): boolean {
  return isRecord(data) && data.code === 'Model.AccessDenied';
}

function checkRequestId(data: unknown, { headers }: ServerReply): Difference[] {
  const header = headers['x-request-id'];
  const id = isRecord(data) ? data.request_id : undefined;
  if (header === undefined || id === undefined || header === id) return [];
  return [{ path: 'headers.x-request-id', expected: id, actual: header }];
}

function compareError(
  { error }: Expectation,
  { data, status }: { readonly data: unknown; readonly status: number | undefined },
  { testCase }: AskedCase,
  { model }: DocumentedRequest,
): Difference[] {
  const stated = testCase.call.request.model;
  const inner = isRecord(data) && isRecord(data.error) ? data.error : data;
  const { code: given, type, message } = isRecord(inner) ? inner : {};
  // Where the code is null, the type says what it would.
  const code = given ?? type;
  const differences: Difference[] = [];
  if (!matches(error?.code, code))
    differences.push({ path: 'error.code', expected: error?.code, actual: code });
  if (typeof error?.status === 'number' && status !== error.status)
    differences.push({ path: 'error.status', expected: error.status, actual: status });
  // The words name the model that was asked for.
  const words = replaceIn(error?.message, String(stated), model);
  if (!matches(words, message)) differences.push({ path: 'error.message', expected: words, actual: message });
  return differences;
}

function replaceIn(match: TextMatch | undefined, from: string, to: string): TextMatch | undefined {
  if (typeof match === 'string') return match.replaceAll(from, to);
  return match && 'contains' in match ? { contains: match.contains.replaceAll(from, to) } : match;
}

function matches(expected: TextMatch | undefined, actual: unknown): boolean {
  if (expected === undefined) return true;
  if (expected === null) return actual === undefined || actual === null;
  if (typeof expected === 'string') return actual === expected;
  if ('present' in expected) return typeof actual === 'string' && actual !== '';
  const text = typeof actual === 'string' ? actual : '';
  return 'contains' in expected ? text.includes(expected.contains) : !text.includes(expected.lacks);
}

function closest(found: readonly Difference[][]): Difference[] {
  return found.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function parse(body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
