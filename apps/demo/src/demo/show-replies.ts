import { type Client, QwireError } from '@qwire/core';
import type { Printer } from './printer.ts';
import type { Target } from './target.ts';

interface ShowOptions {
  readonly model: string;
  readonly refusedModel: string | undefined;
  readonly signal: AbortSignal;
}

const question = 'Who are you?';
const wireNames: Readonly<Record<string, string>> = {
  'openai-compatible': 'OpenAI-compatible wire',
  dashscope: 'DashScope wire',
};

/**
 * Prints a reply of the first workspace over each wire, then what a refused model brings.
 * @throws QwireError of a reply that did not come.
 */
export async function showReplies(printer: Printer, target: Target, options: ShowOptions): Promise<void> {
  const { model, refusedModel, signal } = options;
  const [{ name, clients }] = target.workspaces;
  for (const client of clients) {
    printer.heading(wireNames[client.wire] ?? client.wire, `${model} in ${name}`);
    printer.question(question);
    const stream = client.stream(toRequest(model), { signal });
    for await (const text of stream.textStream) printer.piece(text);
    printer.outcome(await stream.response());
  }
  if (refusedModel === undefined) {
    printer.line('\nNo model is asked for that is refused: name one with --refused-model to see its error.');
    return;
  }
  // One is enough: the error is the same over every wire.
  await showRefusal(clients[0], { printer, name, refusedModel, signal });
}

interface RefusalOptions {
  readonly printer: Printer;
  readonly name: string;
  readonly refusedModel: string;
  readonly signal: AbortSignal;
}

async function showRefusal(client: Client | undefined, options: RefusalOptions): Promise<void> {
  const { printer, name, refusedModel, signal } = options;
  if (client === undefined) return;
  printer.heading('A refused model', `${refusedModel} in ${name}`);
  try {
    const { text } = await client.chat(toRequest(refusedModel), { signal });
    printer.line(`It was not refused: ${text}`);
  } catch (error) {
    if (!QwireError.is(error) || error.kind === 'aborted') throw error;
    printer.failure(error);
  }
}

function toRequest(model: string) {
  return { model, messages: [{ role: 'user', content: question }] } as const;
}
