import type { ChatEvent } from '../chat-event.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse, Warning } from '../chat-response.ts';
import { abortedError } from '../client/watch.ts';
import type { CallOptions } from '../client.ts';
import { emitResponse } from '../emit-response.ts';
import type { Message, ToolCall, ToolMessage } from '../message.ts';
import { sumUsage } from '../sum-usage.ts';
import type { IndexedCall } from './answer-call.ts';
import { answerCalls } from './answer-calls.ts';
import { checkToolRun } from './check-tool-run.ts';
import { readOnce } from './read-once.ts';
import type { RunnableTool } from './runnable-tool.ts';
import type {
  ToolResult,
  ToolRun,
  ToolRunEnd,
  ToolRunEvent,
  ToolRunOptions,
  ToolRunRequest,
  ToolRunResponse,
  ToolStep,
} from './tool-run.ts';

/**
 * Lets the model work with tools: sends the request, executes the calls of the reply, sends their answers, and so on
 * until a reply has no calls. A tool choice that names a tool holds for the first step.
 *
 * Never throws itself: what goes wrong is thrown by the loop over the events and by `response()`.
 */
export function runTools<T = unknown>(request: ToolRunRequest<T>, options: ToolRunOptions): ToolRun<T> {
  const messages: Message[] = [];
  const steps: ToolStep<T>[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const run = readOnce(read, () => controller.abort());
  return {
    [Symbol.asyncIterator]: () => run[Symbol.asyncIterator](),
    response: () => run.response(),
    messages,
    steps,
  };

  async function* read(): AsyncGenerator<ToolRunEvent<T>, ToolRunResponse<T>, undefined> {
    checkToolRun(request, options);
    const interrupt = () => controller.abort(options.signal?.reason);
    if (options.signal?.aborted) interrupt();
    options.signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return yield* takeSteps();
    } catch (error) {
      // Other tools may still be at work.
      controller.abort(error);
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', interrupt);
    }
  }

  async function* takeSteps(): AsyncGenerator<ToolRunEvent<T>, ToolRunResponse<T>, undefined> {
    const { maxSteps = 10 } = options;
    const first = firstRequest(request);
    for (let step = 0; ; step += 1) {
      if (signal.aborted) throw abortedError(signal.reason);
      yield { type: 'step-start', step };
      const next = step === 0 ? first : nextRequest(first, messages);
      const response: ChatResponse<T> = yield* ask(next);
      const { open, runnable } = sortCalls(response, request.tools);
      const toolResults: ToolResult[] = [];
      steps.push({ response, toolResults });
      for await (const result of answerCalls(runnable, { tools: request.tools, signal })) {
        toolResults.push(result);
        toolResults.sort((left, right) => left.index - right.index);
        yield { type: 'tool-result', step, ...result };
      }
      messages.push(response.message, ...toolResults.map(toToolMessage));
      yield { type: 'step-finish', step, response, toolResults };
      const endedBy = whyEnded({ calls: response.toolCalls, open, isLast: step + 1 >= maxSteps });
      if (endedBy) return finish(response, { endedBy, openCalls: open.map(({ call }) => call) });
    }
  }

  async function* ask(next: ChatRequest<T>): AsyncGenerator<ChatEvent, ChatResponse<T>, undefined> {
    const { client, maxSteps: _, stream = true, ...rest } = options;
    const callOptions: CallOptions = { ...rest, signal };
    if (stream) {
      const events = client.stream(next, callOptions);
      yield* events;
      return events.response();
    }
    const response = await client.chat(next, callOptions);
    const events: ChatEvent[] = [];
    emitResponse(response, (event) => void events.push(event));
    yield* events;
    return response;
  }

  function finish(
    last: ChatResponse<T>,
    ending: Pick<ToolRunResponse<T>, 'endedBy' | 'openCalls'>,
  ): ToolRunResponse<T> {
    const responses = steps.map(({ response }) => response);
    return {
      ...last,
      ...ending,
      usage: sumUsage(responses.map(({ usage }) => usage)),
      warnings: distinct(responses.flatMap(({ warnings }) => warnings)),
      messages,
      steps,
    };
  }
}

/** The caller's lists may change while the run goes on; `execute` is no business of the client. */
function firstRequest<T>(request: ToolRunRequest<T>): ChatRequest<T> {
  const tools = request.tools.map(({ execute: _, ...tool }) => tool);
  return { ...request, messages: [...request.messages], tools };
}

/** A tool that has to be called once must not have to be called for ever. */
function nextRequest<T>(first: ChatRequest<T>, added: readonly Message[]): ChatRequest<T> {
  const { toolChoice } = first;
  return {
    ...first,
    messages: [...first.messages, ...added],
    ...(typeof toolChoice === 'object' ? { toolChoice: 'auto' } : {}),
  };
}

/** Calls of tools without `execute` are the caller's; calls of tools that do not exist are answered with that. */
function sortCalls({ toolCalls }: ChatResponse, tools: readonly RunnableTool[]) {
  const open: IndexedCall[] = [];
  const runnable: IndexedCall[] = [];
  for (const [index, call] of toolCalls.entries()) {
    const tool = tools.find(({ name }) => name === call.name);
    (tool && !tool.execute ? open : runnable).push({ index, call });
  }
  return { open, runnable };
}

/** A forced call ends with the finish reason `stop`, so it is the calls that count. */
function whyEnded(step: {
  readonly calls: readonly ToolCall[];
  readonly open: readonly IndexedCall[];
  readonly isLast: boolean;
}): ToolRunEnd | undefined {
  if (step.calls.length === 0) return 'answer';
  if (step.open.length > 0) return 'open-calls';
  return step.isLast ? 'max-steps' : undefined;
}

function toToolMessage({ call, content }: ToolResult): ToolMessage {
  return { role: 'tool', toolCallId: call.id, content };
}

/** Each step repeats what the first one had to say. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
