import type { ChatRequest, Client, Message } from '@qwire/core';
import type { ConsoleEvent } from '../shared/console-api.ts';
import { runExampleTool } from './example-tools.ts';

/** Calls for one message of the user; the last must answer without tools, so that an exchange comes to an end. */
export const maxCalls = 5;

interface RunOptions {
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Calls the model, runs the example tools that it asks for, and calls it again with their answers.
 * @throws QwireError what the call threw.
 */
export async function* runChat(
  { client, workspace }: { readonly client: Client; readonly workspace: string },
  { request, signal, now = () => performance.now() }: RunOptions,
): AsyncGenerator<ConsoleEvent, void> {
  let messages: readonly Message[] = request.messages;
  for (let call = 1; call <= maxCalls; call++) {
    yield { type: 'call-start', workspace, wire: client.wire, model: request.model };
    const isLast = call === maxCalls && request.tools !== undefined;
    const startedMs = now();
    const stream = client.stream(
      { ...request, messages, ...(isLast ? { toolChoice: 'none' as const } : {}) },
      { signal },
    );
    let isFirst = true;
    for await (const event of stream) {
      if (isFirst) yield { type: 'first-event', afterMs: now() - startedMs };
      isFirst = false;
      yield event;
    }
    const { message, warnings, toolCalls } = await stream.response();
    yield { type: 'call-end', message, warnings, afterMs: now() - startedMs };
    if (toolCalls.length === 0) return;
    const answers = toolCalls.map((toolCall) => ({
      toolCallId: toolCall.id,
      content: runExampleTool(toolCall),
    }));
    for (const answer of answers) yield { type: 'tool-result', ...answer };
    messages = [...messages, message, ...answers.map((answer) => ({ role: 'tool' as const, ...answer }))];
  }
}
