import { connectionError } from './send.ts';
import type { Watch } from './watch.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Reads a response's bytes chunk by chunk, under the idle limit, and lets go of them when the watch is aborted. */
export interface BodyReader {
  /** The next bytes, or `undefined` at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Stops reading and closes the connection. */
  cancel(): void;
}

export function createBodyReader(response: Response, watch: Watch, idleMs: number): BodyReader {
  const reader: Reader | undefined = response.body?.getReader();
  // Cancelling settles a pending read at once, also when the body itself never would.
  const cancel = () => void reader?.cancel(watch.signal.reason).catch(() => {});
  if (watch.signal.aborted) cancel();
  watch.signal.addEventListener('abort', cancel, { once: true });

  return { next, cancel };

  async function next(): Promise<Uint8Array | undefined> {
    if (!reader) return undefined;
    const stopIdle = watch.limit('idleMs', idleMs);
    try {
      const { value } = await reader.read();
      if (watch.signal.aborted) throw watch.signal.reason;
      if (value === undefined) watch.signal.removeEventListener('abort', cancel);
      return value;
    } catch (cause) {
      throw connectionError(cause, watch.signal);
    } finally {
      stopIdle();
    }
  }
}

/** The whole body as text. */
export async function readText(body: BodyReader): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const drainLimit = { ms: 1_000, bytes: 64 * 1024 };

/** Reads on to the end of a body that holds nothing more, so that its connection can serve the next request. */
export async function drain(body: BodyReader, watch: Watch): Promise<void> {
  const timer = setTimeout(() => body.cancel(), drainLimit.ms);
  try {
    let bytes = 0;
    for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
      bytes += chunk.length;
      if (bytes > drainLimit.bytes) return body.cancel();
    }
  } catch {
    // The reply is complete; how its connection ends concerns nobody.
  } finally {
    clearTimeout(timer);
    watch.close();
  }
}
