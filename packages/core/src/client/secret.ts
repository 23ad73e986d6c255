import { isRecord } from '../json.ts';

/** What stands where a secret would. */
export const placeholder = '[key]';

/**
 * A key that cannot be shown by accident: logs, `console.log`, JSON, templates and debuggers of objects get a
 * placeholder, and a copy of it holds nothing. A client takes one as its `apiKey`, and keeps every key in one.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a value is one, also one made by another copy of this package. */
  static is(value: unknown): value is Secret {
    return isRecord(value) && typeof value.reveal === 'function';
  }

  /** The key itself, for the one place that has to send it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return placeholder;
  }

  toJSON(): string {
    return placeholder;
  }

  /** What Node, Deno and Bun print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return placeholder;
  }
}
