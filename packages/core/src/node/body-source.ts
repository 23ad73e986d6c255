import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decompressions: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: () => createGunzip({ flush: constants.Z_SYNC_FLUSH }),
  'x-gzip': () => createGunzip({ flush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ flush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH }),
};

/**
 * Reads a body as it is asked for, and lets the service wait meanwhile.
 *
 * @returns the next bytes, or `undefined` at the end
 */
export function createBodySource(message: IncomingMessage): () => Promise<Uint8Array | undefined> {
  const body = decompressed(message).pause();
  let arrived: Uint8Array[] = [];
  let size = 0;
  let isOver = false;
  let failure: Error | undefined;
  let wake = () => {};
  body.on('data', (bytes: Uint8Array) => {
    arrived.push(bytes);
    size += bytes.length;
    wake();
    if (size > mostAhead) body.pause();
  });
  body.on('end', () => {
    isOver = true;
    wake();
  });
  body.on('error', (cause) => {
    failure = cause;
    wake();
  });
  body.on('close', () => {
    if (!isOver) failure ??= new Error('The connection was closed');
    wake();
  });

  return () =>
    new Promise((resolve, reject) => {
      wake = () => {
        if (size > 0) resolve(takeAll());
        else if (failure) reject(failure);
        else if (isOver) resolve(undefined);
        else return;
        wake = () => {};
      };
      wake();
      if (body.isPaused()) body.resume();
    });

  /** Small pieces come several at a time, and are worth one turn. */
  function takeAll(): Uint8Array {
    const [first] = arrived;
    const bytes = first && arrived.length === 1 ? first : Buffer.concat(arrived, size);
    arrived = [];
    size = 0;
    return bytes;
  }
}

/** Bytes that are read before anybody asks for them. */
const mostAhead = 64 * 1024;

/** No encoding is asked for; some gateways compress in spite of that. */
function decompressed(message: IncomingMessage): Readable {
  const decompression = decompressions[(message.headers['content-encoding'] ?? '').toLowerCase()];
  // Failures of either end come out of the second.
  return decompression ? pipeline(message, decompression(), () => {}) : message;
}
