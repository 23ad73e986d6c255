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
  serviceErrorInFrame,
} from '@qwire/core/adapter-kit';
import { readAudio } from './audio.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readRequestId } from './request-id.ts';
import { readUsage, reportsUsage } from './usage.ts';

/** Knows which members hold what is new in a frame. */
const createFrameParser = frameParsers(['content', 'reasoning_content', 'arguments']);

/** A reader of one stream. */
export function createStreamReader(context: StreamContext): StreamReader {
  return new FrameReader(context);
}

/** Reads the frames of one stream; `[DONE]` ends it. */
class FrameReader implements StreamReader {
  done = false;
  raw: unknown;
  readonly #context: StreamContext;
  readonly #writer: EventWriter;
  readonly #parser = createFrameParser();

  constructor(context: StreamContext) {
    this.#context = context;
    this.#writer = new EventWriter(context.emit);
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
    const error = serviceErrorInFrame(frame, body, head);
    if (error) throw error;
    if (!isRecord(body)) throw unreadableFrame();
    // What gateways send beside the answer, such as pings, begins nothing; see unknowns/event-before-the-answer.
    if (!Array.isArray(body.choices)) return;
    this.raw = body;
    const writer = this.#writer;
    if (!writer.started) writer.start(readRequestId(body, head.headers), asText(body.model) ?? request.model);
    const { usage } = body;
    if (reportsUsage(usage)) writer.usage(usage, readUsage);
    const choice = asList(body.choices)[0];
    if (isRecord(choice)) readChoice(choice, writer);
  }

  end(): void {
    this.#writer.end();
  }
}

function readChoice(choice: Readonly<Record<string, unknown>>, writer: EventWriter): void {
  const delta = asRecord(choice.delta);
  writer.reasoning(asText(delta.reasoning_content) ?? '');
  writer.text(asText(delta.content) ?? '', readLogprobs(choice.logprobs));
  const audio = readAudio(delta.audio);
  if (audio) writer.audio(audio);
  const toolCalls = asList(delta.tool_calls);
  for (let position = 0; position < toolCalls.length; position += 1)
    readToolCall(asRecord(toolCalls[position]), position, writer);
  const finishReason = readFinishReason(choice.finish_reason);
  if (finishReason !== undefined) writer.finish(toFinishReason(finishReason, writer), finishReason);
}

/** Calls are told apart by their index: later deltas repeat the id as an empty text. */
function readToolCall(call: Readonly<Record<string, unknown>>, position: number, writer: EventWriter): void {
  const { name, arguments: text } = asRecord(call.function);
  const id = asText(call.id);
  writer.toolCall({
    index: asIndex(call.index) ?? writer.indexAt(position, id),
    id,
    name: asText(name),
    arguments: asJsonText(text),
  });
}

function unreadableFrame(): QwireError {
  return new QwireError('The stream brought a frame that is not JSON', { kind: 'invalid-response' });
}
