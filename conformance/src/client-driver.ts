import {
  type CallOptions,
  type Capabilities,
  type ChatEvent,
  type ChatRequest,
  type ChatResponse,
  type Client,
  type ClientOptions,
  type EmbedRequest,
  type EmbedResponse,
  QwireError,
} from '@qwire/core';
import type { CaseCall, WireName } from './case-schema.ts';
import { describeError } from './describe-error.ts';
import type { ClientDriver, Surroundings } from './driver.ts';
import type { Outcome } from './outcome.ts';
import { reviveRequest } from './revive-request.ts';

interface ClientDriverOptions {
  readonly name: string;
  readonly version: string;
  readonly wireFormat: WireName;
  /** The wire format's own capabilities. */
  readonly supports: Capabilities;
  /** The adapter's factory. */
  readonly createClient: (options: ClientOptions) => Client;
}

/** The driver of any adapter of core. It only calls and collects, so it cannot repair what an adapter gets wrong. */
export function clientDriver({ createClient, ...driver }: ClientDriverOptions): ClientDriver {
  return {
    ...driver,
    async perform(call, surroundings) {
      const request = reviveRequest(call.request) as ChatRequest;
      const embedRequest = reviveRequest(call.request) as unknown as EmbedRequest;
      const options = { ...call.options, signal: surroundings.signal } as CallOptions;
      const events: ChatEvent[] = [];
      try {
        const client = createClient(clientOptions(call, surroundings));
        if (call.operation === 'embed') return completed(await client.embed(embedRequest, options));
        if (call.operation === 'chat') return completed(await client.chat(request, options));
        const stream = client.stream(request, options);
        for await (const event of stream) {
          events.push(event);
          if (surroundings.received() === 'leave') break;
        }
        return { ...completed(await stream.response()), events };
      } catch (error) {
        const outcome = failed(error);
        return call.operation === 'stream' ? { ...outcome, events } : outcome;
      }
    },
  };
}

/** The case's options; the carrier's address takes the place of the region's. */
export function clientOptions({ client }: CaseCall, { baseURL }: Surroundings): ClientOptions {
  const { region, apiKey, ...rest } = client;
  const regionId = region === undefined && baseURL === undefined ? 'singapore' : region;
  const given = {
    ...rest,
    apiKey: apiKey ?? undefined,
    region: baseURL === undefined ? regionId : undefined,
    baseURL,
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}

function completed({ raw: _, ...response }: ChatResponse | EmbedResponse): Outcome {
  return { ended: 'completed', response };
}

function failed(error: unknown): Outcome {
  return { ended: isAborted(error) ? 'cancelled' : 'failed', error: describeError(error) };
}

function isAborted(error: unknown): boolean {
  return QwireError.is(error) && error.kind === 'aborted';
}
