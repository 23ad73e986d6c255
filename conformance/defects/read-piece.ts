import type { ChatAudio, CodeRun, FinishReason, JsonObject, Source, TokenLogprob, Usage } from '@qwire/core';
import type { WireName } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';
import type { Defect } from './defects.ts';

/** One tool call, or a piece of one. */
export interface ToolCallPiece {
  readonly index: number | undefined;
  /** In the frame. */
  readonly place: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What one frame, or one whole reply, says. */
export interface Piece {
  readonly requestId: string | undefined;
  readonly model: string | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallPiece[];
  readonly sources: readonly Source[];
  readonly logprobs: readonly TokenLogprob[];
  readonly audio: Partial<ChatAudio> | undefined;
  readonly codeRuns: readonly CodeRun[];
  readonly ocrResult: JsonObject | undefined;
  readonly finishReason: string | undefined;
  readonly usage: Usage | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads a frame's or a reply's JSON, of either wire: one of its answers, the first unless given. */
export function readPiece(body: Json, wire: WireName, defects: ReadonlySet<Defect>, position = 0): Piece {
  const output = wire === 'dashscope' ? asRecord(body.output) : body;
  const first = listChoices(output, defects)[position];
  const choice = isRecord(first)
    ? first
    : { message: { content: output.text }, finish_reason: output.finish_reason };
  if (!isRecord(first) && defects.has('empty-choices-throws')) {
    throw new TypeError('The reply has no choices');
  }
  const message = asRecord(choice.delta ?? choice.message);
  return {
    requestId: asText(body.request_id) || asText(body.id)?.replace(/^chatcmpl-/, '') || undefined,
    model: asText(body.model),
    text: readContent(message.content, defects),
    reasoning: asText(message.reasoning_content) ?? '',
    toolCalls: asList(message.tool_calls)
      .map(asRecord)
      .filter(({ index }) => index !== undefined || !defects.has('tool-index-required'))
      .map((call, place) => readToolCall(call, place, defects)),
    sources: asList(asRecord(output.search_info).search_results).map((item) => readSource(asRecord(item))),
    logprobs: asList(asRecord(choice.logprobs).content).map((item) => readLogprob(asRecord(item))),
    audio: readAudio(asRecord(message.audio)),
    codeRuns: asList(output.tool_info).map((item) => ({
      code: asText(asRecord(asRecord(item).code_interpreter).code) ?? '',
    })),
    ocrResult: asList(message.content)
      .map((part) => asRecord(part).ocr_result)
      .find(isRecord) as JsonObject | undefined,
    finishReason: readFinishReason(choice.finish_reason, defects),
    usage: readUsage(body.usage, wire, defects),
  };
}

/** In the order of the index that they may name. */
function listChoices(output: Json, defects: ReadonlySet<Defect>): readonly unknown[] {
  const choices = asList(output.choices);
  if (defects.has('choices-as-sent')) return choices;
  const place = (choice: unknown) => asNumber(asRecord(choice).index) ?? choices.indexOf(choice);
  return [...choices].sort((one, other) => place(one) - place(other));
}

/** How many answers a reply holds. */
export function countChoices(body: Json, wire: WireName): number {
  const output = wire === 'dashscope' ? asRecord(body.output) : body;
  return Math.max(1, asList(output.choices).length);
}

function readAudio({ data, transcript, id, expires_at: expiresAt }: Json): Piece['audio'] {
  const audio = withoutMissing({
    data: asText(data) || undefined,
    transcript: asText(transcript) || undefined,
    id: asText(id) || undefined,
    expiresAt: asNumber(expiresAt),
  });
  return Object.keys(audio).length > 0 ? audio : undefined;
}

function readContent(content: unknown, defects: ReadonlySet<Defect>): string {
  const parts = Array.isArray(content)
    ? content.map((part) => asText(asRecord(part).text) ?? '')
    : [asText(content) ?? ''];
  const text = defects.has('first-part-only') ? (parts[0] ?? '') : parts.join('');
  if (text === '' && defects.has('empty-content-throws')) throw new TypeError('The answer has no content');
  return text;
}

function readToolCall(call: Json, place: number, defects: ReadonlySet<Defect>): ToolCallPiece {
  const { name, arguments: given } = asRecord(call.function);
  const json = isRecord(given) && defects.has('object-arguments-dropped') ? '' : given;
  return {
    index: asNumber(call.index),
    place,
    id: asText(call.id) ?? '',
    name: asText(name) ?? '',
    arguments: isRecord(json) ? JSON.stringify(json) : (asText(json) ?? ''),
  };
}

function readSource({ url, index, title, site_name: siteName }: Json): Source {
  return withoutMissing({
    url: asText(url) ?? '',
    index: asNumber(index),
    title: asText(title) || undefined,
    siteName: siteName === '无' ? undefined : asText(siteName) || undefined,
  });
}

function readLogprob({ token, logprob, bytes, top_logprobs: top }: Json): TokenLogprob {
  return withoutMissing({
    token: asText(token) ?? '',
    logprob: asNumber(logprob),
    bytes: Array.isArray(bytes) ? (bytes as number[]) : undefined,
    top: asList(top).length > 0 ? asList(top).map((item) => readLogprob(asRecord(item))) : undefined,
  });
}

function readFinishReason(value: unknown, defects: ReadonlySet<Defect>): string | undefined {
  const text = asText(value);
  if (!text) return undefined;
  return text === 'null' && !defects.has('null-text-is-finish') ? undefined : text;
}

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
};

export function toFinishReason(raw: string, defects: ReadonlySet<Defect>): FinishReason {
  const known = finishReasons[raw];
  if (!known && defects.has('unknown-finish-reason-throws'))
    throw new TypeError(`No such finish reason: ${raw}`);
  return known ?? 'other';
}

type Count = Exclude<keyof Usage, 'cacheType'>;

const cacheCreation = [
  ['cacheCreation5mInputTokens', 'prompt_tokens_details.cache_creation.ephemeral_5m_input_tokens'],
  ['cacheCreation1hInputTokens', 'prompt_tokens_details.cache_creation.ephemeral_1h_input_tokens'],
] as const;

/** Where each count stands on each wire; the first place that holds a number counts. */
const usagePlaces: Readonly<Record<WireName, readonly (readonly [Count, string])[]>> = {
  'openai-compatible': [
    ['inputTokens', 'prompt_tokens'],
    ['outputTokens', 'completion_tokens'],
    ['totalTokens', 'total_tokens'],
    ['cachedInputTokens', 'prompt_tokens_details.cached_tokens'],
    ['cacheCreationInputTokens', 'prompt_tokens_details.cache_creation_input_tokens'],
    ['reasoningTokens', 'completion_tokens_details.reasoning_tokens'],
    ['inputTextTokens', 'prompt_tokens_details.text_tokens'],
    ['inputImageTokens', 'prompt_tokens_details.image_tokens'],
    ['inputVideoTokens', 'prompt_tokens_details.video_tokens'],
    ['inputAudioTokens', 'prompt_tokens_details.audio_tokens'],
    ['outputTextTokens', 'completion_tokens_details.text_tokens'],
    ['outputAudioTokens', 'completion_tokens_details.audio_tokens'],
    ...cacheCreation,
  ],
  dashscope: [
    ['inputTokens', 'input_tokens'],
    ['outputTokens', 'output_tokens'],
    ['totalTokens', 'total_tokens'],
    ['cachedInputTokens', 'prompt_tokens_details.cached_tokens'],
    ['cachedInputTokens', 'cached_tokens'],
    ['cacheCreationInputTokens', 'prompt_tokens_details.cache_creation_input_tokens'],
    ['reasoningTokens', 'output_tokens_details.reasoning_tokens'],
    ['inputTextTokens', 'input_tokens_details.text_tokens'],
    ['inputImageTokens', 'input_tokens_details.image_tokens'],
    ['inputImageTokens', 'image_tokens'],
    ['inputVideoTokens', 'input_tokens_details.video_tokens'],
    ['inputVideoTokens', 'video_tokens'],
    ['inputAudioTokens', 'input_tokens_details.audio_tokens'],
    ['inputAudioTokens', 'audio_tokens'],
    ['outputTextTokens', 'output_tokens_details.text_tokens'],
    ['outputAudioTokens', 'output_tokens_details.audio_tokens'],
    ['webSearches', 'plugins.search.count'],
    ['imageSearches', 'plugins.image_search.count'],
    ['codeInterpreterRuns', 'plugins.code_interpreter.count'],
    ...cacheCreation,
  ],
};

const mainCounts: readonly (keyof Usage)[] = ['inputTokens', 'outputTokens', 'totalTokens'];

function readUsage(reported: unknown, wire: WireName, defects: ReadonlySet<Defect>): Usage | undefined {
  const usage = asRecord(reported);
  const isEmpty = Object.keys(usage).length === 0;
  if (isEmpty && !(isRecord(reported) && defects.has('empty-usage-wins'))) return undefined;
  const counts: Partial<Record<Count, number>> = {};
  for (const [name, path] of usagePlaces[wire]) {
    const value = path.split('.').reduce<unknown>((at, member) => asRecord(at)[member], usage);
    const count = defects.has('usage-as-text-dropped') ? asNumber(value) : asCount(value);
    if (defects.has('usage-details-dropped') && !mainCounts.includes(name)) continue;
    if (count !== undefined) counts[name] ??= count;
    else if (defects.has('usage-zero-when-absent')) counts[name] ??= 0;
  }
  const { inputTokens, outputTokens, totalTokens, ...details } = counts;
  const { cache_type: cacheType } = asRecord(usage.prompt_tokens_details);
  const sum =
    inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
  return {
    inputTokens,
    outputTokens,
    totalTokens: totalTokens ?? (wire === 'dashscope' ? sum : undefined),
    ...details,
    ...withoutMissing({ cacheType: defects.has('usage-details-dropped') ? undefined : asText(cacheType) }),
  };
}

function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Gateways were seen to write numbers as text. */
function asCount(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : asNumber(value);
}

type WithoutMissing<T> = { [key in keyof T]: Exclude<T[key], undefined> };

function withoutMissing<T extends object>(value: T): WithoutMissing<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as WithoutMissing<T>;
}
