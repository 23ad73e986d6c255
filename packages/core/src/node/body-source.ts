import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { BodyChunk } from '../transport.ts';
import { findHeader } from './find-header.ts';

const decompressions: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: () => createGunzip({ flush: constants.Z_SYNC_FLUSH }),
  'x-gzip': () => createGunzip({ flush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ flush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH }),
};

/** Reads a body as it is asked for, and lets the service wait meanwhile. */
export class BodySource {
  readonly #body: Readable;
  #arrived: Uint8Array[] | undefined;
  #size = 0;
  #isOver = false;
  #failure: Error | undefined;
  /** Of the piece that is waited for. */
  #waiting:
    | { readonly resolve: (chunk: BodyChunk) => void; readonly reject: (cause: Error) => void }
    | undefined;

  constructor(message: IncomingMessage) {
    this.#body = decompressed(message).pause();
    this.#body.on('data', (bytes: Uint8Array) => {
      if (this.#arrived) this.#arrived.push(bytes);
      else this.#arrived = [bytes];
      this.#size += bytes.length;
      this.#settle();
      if (this.#size > mostAhead) this.#body.pause();
    });
    this.#body.on('end', () => {
      this.#isOver = true;
      this.#settle();
    });
    this.#body.on('error', (cause) => {
      this.#failure = cause;
      this.#settle();
    });
    this.#body.on('close', () => {
      if (!this.#isOver) this.#failure ??= new Error('The connection was closed');
      this.#settle();
    });
  }

  read(): Promise<BodyChunk> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#settle();
      if (this.#body.isPaused()) this.#body.resume();
    });
  }

  #settle(): void {
    const waiting = this.#waiting;
    if (!waiting || (this.#size === 0 && !this.#failure && !this.#isOver)) return;
    this.#waiting = undefined;
    if (this.#size > 0) waiting.resolve({ value: this.#takeAll() });
    else if (this.#failure) waiting.reject(this.#failure);
    else waiting.resolve({});
  }

  /** Small pieces come several at a time, and are worth one turn. */
  #takeAll(): Uint8Array {
    const pieces = this.#arrived ?? [];
    const bytes = pieces[0] && pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, this.#size);
    this.#arrived = undefined;
    this.#size = 0;
    return bytes;
  }
}

/** Bytes that are read before anybody asks for them. */
const mostAhead = 64 * 1024;

/** No encoding is asked for; some gateways compress in spite of that. */
function decompressed(message: IncomingMessage): Readable {
  const decompression =
    decompressions[(findHeader(message.rawHeaders, 'content-encoding') ?? '').toLowerCase()];
  // Failures of either end come out of the second.
  return decompression ? pipeline(message, decompression(), () => {}) : message;
}
