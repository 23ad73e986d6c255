import { QwireError } from '../qwire-error.ts';
import type { BodyChunk, Exchange, TransportResponse } from '../transport.ts';
import { connectionError, type Opened } from './send.ts';
import type { Watch } from './watch.ts';

/** Reads a response's bytes chunk by chunk, under the idle limit. */
export class BodyReader {
  readonly #response: TransportResponse;
  readonly #exchange: Exchange;
  readonly #watch: Watch;

  constructor({ response, exchange }: Opened, watch: Watch) {
    this.#response = response;
    this.#exchange = exchange;
    this.#watch = watch;
  }

  /** Asks for the next bytes. What comes of it goes through `arrived` or `failed`, which end the idle limit. */
  read(): Promise<BodyChunk> {
    this.#watch.start('idleMs');
    try {
      return this.#response.read();
    } catch (cause) {
      return Promise.reject(cause);
    }
  }

  /**
   * The bytes, or `undefined` at the end.
   *
   * @throws QwireError when the watch has ended meanwhile.
   */
  arrived({ value }: BodyChunk): Uint8Array | undefined {
    this.#watch.stop('idleMs');
    if (this.#watch.failure) throw this.#watch.failure;
    return value;
  }

  failed(cause: unknown): QwireError {
    this.#watch.stop('idleMs');
    return connectionError(cause, this.#watch, true);
  }

  /** Stops reading and closes the connection. */
  cancel(): void {
    this.#exchange.cancel(undefined);
  }
}

/** More is no reply: vectors of the largest batch, and minutes of speech, take a few megabytes. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The whole body as text.
 *
 * @throws QwireError of kind `invalid-response` when it does not end.
 */
export async function readText(body: BodyReader): Promise<string> {
  const text = new TextReader();
  try {
    for (;;) {
      const chunk = body.arrived(await body.read());
      if (chunk === undefined) return text.end();
      text.push(chunk);
    }
  } catch (cause) {
    body.cancel();
    throw body.failed(cause);
  }
}

/** Keeps nothing between whole texts. */
const wholeTexts = new TextDecoder();

/** Gathers the text of a body whose bytes are cut anywhere. */
export class TextReader {
  /** Most bodies come in one piece. */
  #first: Uint8Array | undefined;
  #decoder: TextDecoder | undefined;
  #text = '';
  #bytes = 0;

  /** @throws QwireError of kind `invalid-response` when it is longer than any reply. */
  push(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes > mostBytes) {
      throw new QwireError('The service sent a body of over 64 MB', { kind: 'invalid-response' });
    }
    if (this.#decoder) this.#text += this.#decoder.decode(chunk, { stream: true });
    else if (!this.#first) this.#first = chunk;
    else {
      this.#decoder = new TextDecoder();
      this.#text =
        this.#decoder.decode(this.#first, { stream: true }) + this.#decoder.decode(chunk, { stream: true });
    }
  }

  /** The whole text. */
  end(): string {
    return this.#decoder ? this.#text + this.#decoder.decode() : wholeTexts.decode(this.#first);
  }
}

const drainLimit = { ms: 1_000, bytes: 64 * 1024 };
/** The end of a body comes with its last bytes, or right after them. */
const patienceMs = 20;

/**
 * Reads on to the end of a body that holds nothing more, so that its connection can serve the next request. Waits for it
 * a moment only; what takes longer goes on unwaited for.
 */
export function drain(body: BodyReader): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void readOn(body).finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function readOn(body: BodyReader): Promise<void> {
  const timer = setTimeout(() => body.cancel(), drainLimit.ms);
  try {
    let bytes = 0;
    for (let { value } = await body.read(); value !== undefined; { value } = await body.read()) {
      bytes += value.length;
      if (bytes > drainLimit.bytes) return body.cancel();
    }
  } catch {
    // The reply is complete; how its connection ends concerns nobody.
  } finally {
    clearTimeout(timer);
  }
}
