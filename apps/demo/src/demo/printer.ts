import type { ChatResponse, QwireError } from '@qwire/core';
import { createColors } from 'picocolors';

/** Where the demo's words go. */
export interface Output {
  readonly write: (text: string) => void;
  readonly colors: boolean;
}

/** Writes the demo's words, each kind in its own way. */
export interface Printer {
  /** A line such as `Console   http://…`. */
  fact(name: string, value: string): void;
  heading(text: string, detail: string): void;
  question(text: string): void;
  /** A piece of an answer as it arrives. */
  piece(text: string): void;
  outcome(response: ChatResponse): void;
  failure(error: QwireError): void;
  line(text?: string): void;
}

export function createPrinter({ write, colors }: Output): Printer {
  const paint = createColors(colors);
  const line = (text = '') => write(`${text}\n`);
  return {
    line,
    fact: (name, value) => line(`${paint.dim(name.padEnd(11))}${value}`),
    heading: (text, detail) => line(`\n${paint.bold(text)}${paint.dim(`  ${detail}`)}`),
    question: (text) => line(paint.dim(`> ${text}`)),
    piece: (text) => write(text),
    outcome({ usage, finishReason, requestId }) {
      const tokens = `${usage.inputTokens ?? '?'} tokens in, ${usage.outputTokens ?? '?'} out`;
      line(`\n${paint.dim(`${tokens} · ${finishReason} · request id ${requestId ?? 'not sent'}`)}`);
    },
    failure({ kind, code, status, message, hint, requestId }) {
      line(paint.red([kind, code, status].filter((part) => part !== undefined).join('  ')));
      line(message);
      if (hint !== undefined) line(`${paint.yellow('Hint:')} ${hint}`);
      if (requestId !== undefined) line(paint.dim(`request id ${requestId}`));
    },
  };
}
