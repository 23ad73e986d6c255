import { setImmediate, setTimeout } from 'node:timers/promises';
import type { DeliveryStep } from './deliver.ts';

export type DeliveryEnd = 'whole' | 'ended' | 'cut' | 'cancelled';

export interface BodyOptions {
  /** The caller's; aborting it fails the body. */
  readonly signal: AbortSignal;
  /** Called once, with the number of frames that were sent. */
  readonly onEnd: (end: DeliveryEnd, framesSent: number) => void;
}

/** Plays the steps as a body. Each chunk gets a turn of its own, so that the boundaries survive every carrier. */
export function toBody(
  steps: Iterator<DeliveryStep>,
  { signal, onEnd }: BodyOptions,
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  let framesSent = 0;
  let over = false;
  let noted = false;
  const note = (end: DeliveryEnd) => {
    if (!noted) onEnd(end, framesSent);
    noted = true;
  };
  const finish = (end: DeliveryEnd) => {
    if (over) return;
    over = true;
    left.abort();
    note(end);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const abort = () => {
          if (over) return;
          finish('cancelled');
          controller.error(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true, signal: left.signal });
        if (signal.aborted) abort();
      },
      async pull(controller) {
        for (;;) {
          await setImmediate();
          if (over) return;
          const { value: step } = steps.next();
          switch (step?.type) {
            case 'send':
              framesSent = step.framesSent;
              // Before it leaves: whoever reads the last frame may look at the bill at once.
              if (step.last) note('whole');
              controller.enqueue(step.bytes);
              return;
            case 'wait':
              await setTimeout(step.ms, undefined, { signal: left.signal }).catch(() => undefined);
              break;
            case 'stall':
              return new Promise<void>((resolve) => left.signal.addEventListener('abort', () => resolve()));
            case 'cut':
              finish('cut');
              controller.error(new Error('The emulator cut the connection, as its configuration asks.'));
              return;
            default:
              finish(step?.whole === false ? 'ended' : 'whole');
              controller.close();
              return;
          }
        }
      },
      cancel() {
        finish('cancelled');
      },
    },
    { highWaterMark: 0 },
  );
}
