import type { ChatBody, ConsoleError, ConsoleEvent } from '../../shared/console-api.ts';
import { readLines } from './read-lines.ts';

/**
 * What the server says to one message, line by line; failures of the way there are its last line. Ends early, without
 * an error, when the signal aborts.
 */
export async function* sendChat(
  body: ChatBody,
  {
    signal,
    fetch = globalThis.fetch,
  }: { readonly signal: AbortSignal; readonly fetch?: typeof globalThis.fetch },
): AsyncGenerator<ConsoleEvent, void> {
  let isComplete = false;
  try {
    const response = await fetch('/api/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok || response.body === null) {
      yield { type: 'error', error: await readRefusal(response) };
      return;
    }
    for await (const line of readLines(response.body)) {
      const event = line as ConsoleEvent;
      isComplete = event.type === 'chat-end' || event.type === 'error';
      yield event;
    }
  } catch {
    isComplete = false;
  }
  if (!isComplete && !signal.aborted) yield { type: 'error', error: connectionLost };
}

const connectionLost: ConsoleError = {
  kind: 'connection',
  message: 'The connection to the console was lost.',
  hint: 'Look whether the program that serves this page still runs, then send the message again.',
  retryable: true,
};

async function readRefusal(response: Response): Promise<ConsoleError> {
  try {
    const { error } = (await response.json()) as { readonly error: ConsoleError };
    return { ...error, status: error.status ?? response.status };
  } catch {
    return {
      kind: 'invalid-response',
      message: `The console answered with status ${response.status} and no reason.`,
      status: response.status,
      retryable: false,
    };
  }
}
