import { abortedError } from '../client/watch.ts';
import { type Answering, answerCall, type IndexedCall } from './answer-call.ts';
import type { ToolResult } from './tool-run.ts';

/**
 * Executes calls side by side and yields each result as it is ready. An interruption does not wait for tools that do
 * not heed their signal.
 *
 * @throws QwireError what `answerCall` throws
 */
export async function* answerCalls(
  calls: readonly IndexedCall[],
  answering: Answering,
): AsyncGenerator<ToolResult, void, undefined> {
  const { signal } = answering;
  if (signal.aborted) throw abortedError(signal.reason);
  let interrupt = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(abortedError(signal.reason));
  });
  signal.addEventListener('abort', interrupt);
  const pending = new Map(calls.map((call) => [call.index, answerCall(call, answering)]));
  try {
    while (pending.size > 0) {
      // The first race hears of all of them, so that none fails unheard when the run ends early.
      const result = await Promise.race([interrupted, ...pending.values()]);
      pending.delete(result.index);
      yield result;
    }
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
