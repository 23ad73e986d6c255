import { type WireName, wireNames, wireRoots } from '../case-schema.ts';
import type { ServiceAddress } from '../live/service-address.ts';
import { type Forwarded, startForwarder } from './forwarder.ts';
import type { Kept, Recorder } from './recorder.ts';
import { routeToService } from './route-to-service.ts';

export interface RecordingOptions {
  readonly address: ServiceAddress;
  readonly recorder: Recorder;
  /** A free one unless given. */
  readonly port?: number;
  readonly onKept?: (kept: Kept, exchange: Forwarded) => void;
}

/** A server on this machine that a client is pointed at in place of the service. */
export interface RunningRecording {
  /** Base URL of each wire that the service has. */
  readonly baseURLs: Readonly<Partial<Record<WireName, string>>>;
  /** Waits for what is under way to be written. */
  stop(): Promise<void>;
}

/**
 * Sends requests on to the service and keeps each exchange.
 *
 * @throws Error with code `EADDRINUSE` when the port is taken.
 */
export async function startRecording(options: RecordingOptions): Promise<RunningRecording> {
  const { address, recorder, port, onKept } = options;
  const writing = new Set<Promise<void>>();
  const forwarder = await startForwarder({
    route: (request) => routeToService(address, request),
    onExchange: (exchange) => {
      const written = keep(exchange).finally(() => writing.delete(written));
      writing.add(written);
    },
    ...(port !== undefined && { port }),
  });
  const wires = wireNames.filter((wire) => address.wires[wire] !== undefined);
  return {
    baseURLs: Object.fromEntries(wires.map((wire) => [wire, `${forwarder.origin}${wireRoots[wire]}`])),
    async stop() {
      await forwarder.settled();
      await forwarder.stop();
      await Promise.all(writing);
    },
  };

  async function keep(exchange: Forwarded): Promise<void> {
    const kept = await recorder.keep(exchange).catch((error: unknown) => ({
      withheld: `it could not be written: ${error instanceof Error ? error.message : error}`,
    }));
    onKept?.(kept, exchange);
  }
}
