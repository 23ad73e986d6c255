import type { Usage } from '@qwire/core';
import {
  asIndex,
  asJsonText,
  asList,
  asRecord,
  asText,
  EventWriter,
  frameParsers,
  isRecord,
  QwireError,
  type ServerSentEvent,
  type StreamContext,
  type StreamReader,
} from '@qwire/core/adapter-kit';
import { readCodeRuns } from './code-runs.ts';
import { readContent, readOcrResult } from './content.ts';
import { createDeltaReader, type DeltaReader } from './cumulative.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readFrameError } from './read-error.ts';
import { listChoices } from './read-response.ts';
import { readRequestId } from './request-id.ts';
import { readSources } from './sources.ts';
import { readUsage, reportsUsage } from './usage.ts';

/** Knows which members hold what is new in a frame. */
const createFrameParser = frameParsers(['content', 'reasoning_content', 'text', 'arguments']);

/** A reader of one stream. */
export function createStreamReader(context: StreamContext): StreamReader {
  return new FrameReader(context);
}

/** Reads the frames of one stream. The wire has no end mark: the connection closes; gateways may add `[DONE]`. */
class FrameReader implements StreamReader {
  done = false;
  raw: unknown;
  readonly #context: StreamContext;
  readonly #writer: EventWriter;
  readonly #parser = createFrameParser();
  readonly #toDelta: DeltaReader;
  #hasSources = false;

  constructor(context: StreamContext) {
    this.#context = context;
    this.#writer = new EventWriter(context.emit);
    // Output is incremental unless the caller asked for the older form.
    this.#toDelta = createDeltaReader({ cumulative: context.request.extra?.incremental_output === false });
  }

  get usage(): Usage | undefined {
    return this.#writer.reported;
  }

  read(frame: ServerSentEvent): void {
    if (frame.data === '[DONE]') {
      this.done = true;
      return;
    }
    if (frame.data === '' && frame.event !== 'error') return;
    const body = this.#parser.parse(frame.data);
    const { request, head } = this.#context;
    const error = readFrameError(frame, { body, head });
    if (error) throw error;
    if (!isRecord(body)) throw unreadableFrame();
    // What gateways send beside the answer, such as pings, begins nothing; see unknowns/event-before-the-answer.
    if (!isRecord(body.output)) return;
    this.raw = body;
    const writer = this.#writer;
    if (!writer.started) writer.start(readRequestId(body, head.headers), request.model);
    const { usage } = body;
    if (reportsUsage(usage)) writer.usage(usage, readUsage);
    this.#readOutput(body.output);
  }

  end(): void {
    this.#writer.end();
  }

  #readOutput(output: Readonly<Record<string, unknown>>): void {
    const writer = this.#writer;
    const toDelta = this.#toDelta;
    if (output.search_info) this.#readSearchInfo(output.search_info);
    if (output.tool_info) writer.codeRuns(readCodeRuns(output.tool_info));
    const choice = listChoices(output)[0] ?? {};
    const message = asRecord(choice.message);
    writer.reasoning(toDelta(asText(message.reasoning_content) ?? '', 'reasoning'));
    writer.text(toDelta(readContent(message.content), 'text'), readLogprobs(choice.logprobs));
    const ocrResult = typeof message.content === 'string' ? undefined : readOcrResult(message.content);
    // A copy: what it was read from is filled anew by the next frame.
    if (ocrResult) writer.ocrResult(structuredClone(ocrResult));
    const toolCalls = asList(message.tool_calls);
    for (let position = 0; position < toolCalls.length; position += 1)
      this.#readToolCall(asRecord(toolCalls[position]), position);
    const finishReason = readFinishReason(choice.finish_reason);
    if (finishReason !== undefined) writer.finish(toFinishReason(finishReason, writer), finishReason);
  }

  /** Later frames repeat it with empty lists: the first that says something holds. */
  #readSearchInfo(searchInfo: unknown): void {
    if (this.#hasSources) return;
    for (const source of readSources(searchInfo)) {
      this.#hasSources = true;
      this.#writer.source(source);
    }
  }

  /** Calls are told apart by their index: later frames repeat the id as an empty text. */
  #readToolCall(call: Readonly<Record<string, unknown>>, position: number): void {
    const { name, arguments: text } = asRecord(call.function);
    const index = asIndex(call.index) ?? this.#writer.indexAt(position, asText(call.id));
    this.#writer.toolCall({
      index,
      id: asText(call.id),
      name: asText(name),
      arguments: this.#toDelta(asJsonText(text) ?? '', `tool-call ${index}`),
    });
  }
}

function unreadableFrame(): QwireError {
  return new QwireError('The stream brought a frame that is not JSON', { kind: 'invalid-response' });
}
