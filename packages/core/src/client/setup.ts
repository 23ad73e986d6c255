import type { CallOptions, ClientOptions, Timeouts } from '../client.ts';
import { type Endpoint, resolveEndpoint, workspaceOf } from '../endpoint.ts';
import type { WireFormat } from '../wire-format.ts';
import { type HeldOptions, holdKey } from './keys.ts';

/** What is the same for all calls of one client. */
export interface ClientSetup extends Omit<HeldOptions, 'timeouts'> {
  readonly wire: WireFormat;
  readonly timeouts: Required<Timeouts>;
  /**
   * Where calls go; settled at the first call that it is known for, so that the environment may be set until then.
   * @throws QwireError of kind `configuration`
   */
  readonly endpoint: () => Endpoint;
  /** The address of a path there. Calls of one client go to few: the same text is given again, for others to recognize. */
  readonly url: (path: string) => string;
  /** The workspace's id, as far as it is known. */
  readonly workspace: () => string | undefined;
}

/** Everything that one call needs to know, resolved from the client's options and the call's. */
export interface Setup {
  readonly client: ClientSetup;
  readonly call: CallOptions;
  /** As many as suit the failure when it was not given. */
  readonly maxRetries: number | undefined;
  readonly timeouts: Required<Timeouts>;
}

const defaultTimeouts = {
  connectMs: 60_000,
  firstEventMs: 300_000,
  idleMs: 120_000,
  totalMs: Number.POSITIVE_INFINITY,
};

/** @throws QwireError of kind `configuration` in a page of a browser, unless the options allow it. */
export function createClientSetup(wire: WireFormat, options: ClientOptions): ClientSetup {
  let settled: Endpoint | undefined;
  let last: { readonly path: string; readonly url: string } | undefined;
  const endpoint = () => {
    settled ??= resolveEndpoint(wire, options);
    return settled;
  };
  return {
    ...holdKey(options),
    wire,
    timeouts: withTimeouts(defaultTimeouts, options.timeouts),
    endpoint,
    url(path) {
      if (last?.path !== path) last = { path, url: endpoint().baseURL + path };
      return last.url;
    },
    workspace: () => (settled ? settled.workspace : workspaceOf(options)),
  };
}

export function createSetup(client: ClientSetup, call: CallOptions): Setup {
  const timeouts = withTimeouts(client.timeouts, call.timeouts);
  return { client, call, maxRetries: call.maxRetries ?? client.maxRetries, timeouts };
}

/** Members that are there and undefined hide no default. */
function withTimeouts(defaults: Required<Timeouts>, given: Timeouts | undefined): Required<Timeouts> {
  if (!given) return defaults;
  const {
    connectMs = defaults.connectMs,
    firstEventMs = defaults.firstEventMs,
    idleMs = defaults.idleMs,
    totalMs = defaults.totalMs,
  } = given;
  return { connectMs, firstEventMs, idleMs, totalMs };
}
