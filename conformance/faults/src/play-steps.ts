import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Forever, Step } from './step.ts';

/** How long what was written has to arrive before the connection is closed: a reset overtakes what is on its way. */
const arrivalMs = 20;

/** How a server's turn ended; after `complete` the connection may serve another request. */
export type Played = 'complete' | 'open' | 'closed';

/** Plays steps until they end or the other side has gone. */
export async function playSteps(
  steps: readonly Step[],
  { socket, onCancel }: { readonly socket: Socket; readonly onCancel: () => void },
): Promise<Played> {
  const gone = new AbortController();
  const onClose = () => gone.abort();
  socket.once('close', onClose);
  let played: Played = 'complete';
  try {
    for (const step of steps) {
      if (socket.destroyed) return 'closed';
      played = (await play(step, { socket, onCancel, signal: gone.signal })) ?? played;
    }
    return played;
  } catch (error) {
    if (socket.destroyed || gone.signal.aborted) return 'closed';
    throw error;
  } finally {
    socket.off('close', onClose);
  }
}

interface Stage {
  readonly socket: Socket;
  readonly onCancel: () => void;
  readonly signal: AbortSignal;
}

async function play(step: Step, stage: Stage): Promise<Played | undefined> {
  const { socket, signal, onCancel } = stage;
  if (typeof step === 'string' || step instanceof Uint8Array) {
    socket.write(step);
    return undefined;
  }
  if ('pauseMs' in step) return void (await pause(step.pauseMs, undefined, { signal }));
  if ('forever' in step) return repeat(step, stage);
  if ('drip' in step) {
    for (const byte of Buffer.from(step.drip)) {
      socket.write(Buffer.of(byte));
      await pause(step.everyMs, undefined, { signal });
    }
    return undefined;
  }
  if (step.act === 'stall') return 'open';
  await pause(arrivalMs, undefined, { signal });
  if (step.act === 'cancel') {
    onCancel();
    return undefined;
  }
  if (step.act === 'reset') socket.resetAndDestroy();
  else socket.end();
  return 'closed';
}

async function repeat({ forever, everyMs }: Forever, { socket, signal }: Stage): Promise<Played> {
  while (!socket.destroyed) {
    if (!socket.write(forever)) await once(socket, 'drain', { signal });
    if (everyMs !== undefined) await pause(everyMs, undefined, { signal });
    // Others have a turn on this thread as well.
    else await turn();
  }
  return 'closed';
}
