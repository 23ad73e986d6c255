import type { RequestCheck, WireName } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';
import type { ConformanceCase } from '../src/load-cases.ts';
import type { Defect } from './defects.ts';

export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface RequestContext {
  /** Where the case answers, when that is not at the documented address. */
  readonly origin: string | undefined;
  readonly apiKey: string | undefined;
  readonly defects: ReadonlySet<Defect>;
}

type Json = Readonly<Record<string, unknown>>;

/** The request that the case documents, or that with the defects in it. */
export function writeRequest(
  check: RequestCheck,
  testCase: ConformanceCase,
  context: RequestContext,
): OutgoingRequest {
  const { defects, apiKey, origin } = context;
  const { wireFormat } = testCase;
  let headers: Record<string, string> = {
    'content-type': 'application/json',
    ...Object.fromEntries(check.requireHeaders.map((name) => [name, 'present'])),
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    ...check.headers,
  };
  let body: Json = isRecord(check.body) ? check.body : {};
  if (defects.has('key-not-sent')) headers = without(headers, ['authorization']);
  if (defects.has('key-sent-twice')) headers = { ...headers, 'x-api-key': apiKey ?? '' };
  if (defects.has('content-type-missing')) headers = without(headers, ['content-type']);
  if (defects.has('stream-flag-missing')) {
    headers = without(headers, ['x-dashscope-sse', 'accept']);
    body = without(body, ['stream']);
  }
  if (defects.has('stream-flag-always')) {
    if (wireFormat === 'dashscope') headers = { ...headers, 'x-dashscope-sse': 'enable' };
    else body = { ...body, stream: true };
  }
  if (defects.has('options-of-the-call-ignored')) {
    headers = without(headers, namesOf(testCase.call.options.headers));
  }
  if (defects.has('drop-own-headers')) headers = without(headers, ownHeaders(testCase));
  if (defects.has('service-headers-dropped')) headers = without(headers, serviceHeaders);
  if (defects.has('upload-header-missing')) headers = without(headers, ['x-dashscope-ossresourceresolve']);
  if (defects.has('workspace-dropped') || defects.has('environment-wins'))
    headers = without(headers, ['x-dashscope-workspace']);
  if (defects.has('drop-system-message')) {
    body = changeMessages(body, wireFormat, (all) => all.filter(({ role }) => role !== 'system'));
  }
  if (defects.has('last-message-only')) body = changeMessages(body, wireFormat, (all) => all.slice(-1));
  if (defects.has('trim-text')) body = changeMessages(body, wireFormat, (all) => all.map(trimmed));
  if (defects.has('first-part-only')) {
    body = changeMessages(body, wireFormat, (all) =>
      all.map((message, index) => firstPart(message, testCase, index)),
    );
  }
  if (defects.has('broken-arguments-sent-back')) {
    body = changeMessages(body, wireFormat, (all) => all.map(withBrokenArguments));
  }
  if (defects.has('markers-dropped'))
    body = changeMessages(body, wireFormat, (all) => all.map(withoutMarkers));
  if (defects.has('reasoning-not-sent')) {
    body = changeMessages(body, wireFormat, (all) => all.map((one) => without(one, ['reasoning_content'])));
  }
  if (defects.has('drop-media')) body = changeMessages(body, wireFormat, (all) => all.map(withoutMedia));
  if (defects.has('request-member-dropped')) body = changeParameters(body, wireFormat, dropLast);
  if (defects.has('request-null-members'))
    body = changeParameters(body, wireFormat, (all) => ({ ...all, top_k: null }));
  return {
    method: check.method,
    url: toAddress(check.url, origin, defects),
    headers,
    body: JSON.stringify(body),
  };
}

function ownHeaders({ call }: ConformanceCase): string[] {
  return namesOf({ ...call.client.headers, ...call.options.headers });
}

function namesOf(headers: Readonly<Record<string, string>> = {}): string[] {
  return Object.keys(headers).map((name) => name.toLowerCase());
}

function toAddress(documented: string, origin: string | undefined, defects: ReadonlySet<Defect>): string {
  const url = new URL(documented);
  const elsewhere: readonly Defect[] = ['wrong-region-host', 'base-url-ignored', 'environment-wins'];
  if (elsewhere.some((defect) => defects.has(defect))) {
    url.hostname =
      url.hostname === 'dashscope.aliyuncs.com' ? 'dashscope-us.aliyuncs.com' : 'dashscope.aliyuncs.com';
  }
  if (defects.has('text-path-for-all')) {
    url.pathname = url.pathname.replace('/multimodal-generation/', '/text-generation/');
  }
  if (defects.has('workspace-dropped')) url.hostname = url.hostname.replace(/^llm-[^.]+\./, '');
  return origin === undefined ? url.href : origin + url.pathname + url.search;
}

/** Native parameters have a place of their own; compatible ones stand beside the model. */
function changeParameters(body: Json, wire: WireName, change: (parameters: Json) => Json): Json {
  if (wire === 'openai-compatible') return change(body);
  return { ...body, parameters: change(isRecord(body.parameters) ? body.parameters : {}) };
}

const always = ['model', 'messages', 'stream', 'stream_options', 'result_format', 'incremental_output'];

function dropLast(parameters: Json): Json {
  const last = Object.keys(parameters).findLast((name) => !always.includes(name));
  return last === undefined ? parameters : without(parameters, [last]);
}

function changeMessages(
  body: Json,
  wire: WireName,
  change: (messages: readonly Json[]) => readonly Json[],
): Json {
  const place = wire === 'dashscope' ? body.input : body;
  if (!isRecord(place) || !Array.isArray(place.messages)) return body;
  const messages = change(place.messages.filter(isRecord));
  return wire === 'dashscope' ? { ...body, input: { ...place, messages } } : { ...body, messages };
}

function trimmed(message: Json): Json {
  return typeof message.content === 'string' ? { ...message, content: message.content.trim() } : message;
}

/** Text parts may leave as one text, so the first part is looked up in the call. */
function firstPart(message: Json, { call }: ConformanceCase, index: number): Json {
  if (Array.isArray(message.content)) return { ...message, content: message.content.slice(0, 1) };
  const asked: unknown = Array.isArray(call.request.messages) ? call.request.messages[index] : undefined;
  const part: unknown = isRecord(asked) && Array.isArray(asked.content) ? asked.content[0] : undefined;
  return isRecord(part) ? { ...message, content: part.text } : message;
}

function withBrokenArguments(message: Json): Json {
  if (!Array.isArray(message.tool_calls)) return message;
  const calls = message.tool_calls.filter(isRecord).map((call) => {
    const sent = isRecord(call.function) ? String(call.function.arguments) : '';
    const wrapped: unknown = JSON.parse(sent);
    const own = isRecord(wrapped) && typeof wrapped.arguments === 'string' ? wrapped.arguments : sent;
    return { ...call, function: { ...(isRecord(call.function) ? call.function : {}), arguments: own } };
  });
  return { ...message, tool_calls: calls };
}

const serviceHeaders = ['x-dashscope-datainspection', 'x-dashscope-wait-timeout'];

function withoutMarkers(message: Json): Json {
  const { partial: _, ...unmarked } = message;
  if (!Array.isArray(message.content)) return unmarked;
  const content = message.content.filter(isRecord).map((part) => without(part, ['cache_control']));
  return { ...unmarked, content };
}

function withoutMedia(message: Json): Json {
  if (!Array.isArray(message.content)) return message;
  return {
    ...message,
    content: message.content.filter((part) => isRecord(part) && typeof part.text === 'string'),
  };
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
