import { QwireError } from '@qwire/core';
import {
  asIndex,
  asJsonText,
  asList,
  asRecord,
  asText,
  EventWriter,
  frameParsers,
  isRecord,
  type StreamContext,
  type StreamReader,
} from '@qwire/core/adapter-kit';
import { readCodeRuns } from './code-runs.ts';
import { readContent, readOcrResult } from './content.ts';
import { createDeltaReader } from './cumulative.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readFrameError } from './read-error.ts';
import { listChoices } from './read-response.ts';
import { readRequestId } from './request-id.ts';
import { readSources } from './sources.ts';
import { readUsage, reportsUsage } from './usage.ts';

/** Knows which members hold what is new in a frame. */
const createFrameParser = frameParsers(['content', 'reasoning_content', 'text', 'arguments']);

/** Reads the frames of one stream. The wire has no end mark: the connection closes; gateways may add `[DONE]`. */
export function createStreamReader({ request, head, emit }: StreamContext): StreamReader {
  const writer = new EventWriter(emit);
  const parse = createFrameParser();
  // Output is incremental unless the caller asked for the older form.
  const toDelta = createDeltaReader({ cumulative: request.extra?.incremental_output === false });
  let done = false;
  let raw: unknown;
  let hasSources = false;

  return {
    get done() {
      return done;
    },
    get raw() {
      return raw;
    },
    get usage() {
      return writer.reported;
    },
    end: () => writer.end(),
    read(frame) {
      if (frame.data === '[DONE]') {
        done = true;
        return;
      }
      if (frame.data === '' && frame.event !== 'error') return;
      const body = parse(frame.data);
      const error = readFrameError(frame, { body, head });
      if (error) throw error;
      if (!isRecord(body)) throw unreadableFrame();
      // What gateways send beside the answer, such as pings, begins nothing; see unknowns/event-before-the-answer.
      if (!isRecord(body.output)) return;
      raw = body;
      if (!writer.started) writer.start(readRequestId(body, head.headers), request.model);
      const { usage } = body;
      if (reportsUsage(usage)) writer.usage(() => readUsage(usage));
      readOutput(body.output);
    },
  };

  function readOutput(output: Readonly<Record<string, unknown>>): void {
    if (output.search_info) readSearchInfo(output.search_info);
    if (output.tool_info) writer.codeRuns(readCodeRuns(output.tool_info));
    const [choice = {}] = listChoices(output);
    const message = asRecord(choice.message);
    writer.reasoning(toDelta(asText(message.reasoning_content) ?? '', 'reasoning'));
    writer.text(toDelta(readContent(message.content), 'text'), readLogprobs(choice.logprobs));
    const ocrResult = typeof message.content === 'string' ? undefined : readOcrResult(message.content);
    if (ocrResult) writer.ocrResult(ocrResult);
    for (const [position, call] of asList(message.tool_calls).entries())
      readToolCall(asRecord(call), position);
    const finishReason = readFinishReason(choice.finish_reason);
    if (finishReason !== undefined) writer.finish(toFinishReason(finishReason, writer), finishReason);
  }

  /** Later frames repeat it with empty lists: the first that says something holds. */
  function readSearchInfo(searchInfo: unknown): void {
    if (hasSources) return;
    for (const source of readSources(searchInfo)) {
      hasSources = true;
      writer.source(source);
    }
  }

  /** Calls are told apart by their index: later frames repeat the id as an empty text. */
  function readToolCall(call: Readonly<Record<string, unknown>>, position: number): void {
    const { name, arguments: text } = asRecord(call.function);
    const index = asIndex(call.index) ?? position;
    writer.toolCall({
      index,
      id: asText(call.id),
      name: asText(name),
      arguments: toDelta(asJsonText(text) ?? '', `tool-call ${index}`),
    });
  }
}

function unreadableFrame(): QwireError {
  return new QwireError('The stream brought a frame that is not JSON', { kind: 'invalid-response' });
}
