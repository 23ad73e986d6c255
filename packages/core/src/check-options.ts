import {
  aFunction,
  boolean,
  type Check,
  type Checks,
  checkObject,
  filledText,
  invalid,
  listOf,
  object,
  oneOf,
  text,
  whole,
} from './check.ts';
import { Secret } from './client/secret.ts';
import type { CallOptions, ClientOptions, Timeouts } from './client.ts';
import { isRecord } from './json.ts';

const milliseconds: Check = {
  what: 'a number of milliseconds above 0, or Infinity',
  accepts: (value) => typeof value === 'number' && value > 0,
};
const headers: Check = {
  what: 'an object of header names and texts',
  accepts: isRecord,
  each: text,
};
const signal: Check = {
  what: 'an AbortSignal',
  accepts: (value) => isRecord(value) && typeof value.addEventListener === 'function' && 'aborted' in value,
};
const logger: Check = {
  what: 'an object with the functions debug and warn',
  accepts: (value) =>
    isRecord(value) && typeof value.debug === 'function' && typeof value.warn === 'function',
};

const timeouts = {
  connectMs: milliseconds,
  firstEventMs: milliseconds,
  idleMs: milliseconds,
  totalMs: milliseconds,
} satisfies Record<keyof Timeouts, Check>;

const shared = () => ({ headers, maxRetries: whole(0), timeouts: object(timeouts) });

const callChecks = () =>
  ({ ...shared(), signal, beforeRetry: aFunction }) satisfies Record<keyof CallOptions, Check>;

const clientChecks = () =>
  ({
    apiKey: {
      what: 'text or a function that returns it',
      accepts: (value) => typeof value === 'string' || typeof value === 'function' || Secret.is(value),
    },
    region: filledText,
    workspaceId: {
      what: `${filledText.what}, or null for none`,
      accepts: (value) => value === null || filledText.accepts(value),
    },
    workspaceIn: oneOf('host', 'header'),
    baseURL: text,
    fetch: aFunction,
    transport: aFunction,
    interceptors: listOf('a list of functions', aFunction.accepts),
    logger,
    dangerouslyAllowBrowser: boolean,
    dangerouslyAllowHTTP: boolean,
    ...shared(),
  }) satisfies Record<keyof ClientOptions, Check>;

/** @throws QwireError of kind `configuration` that names the option. */
export function checkClientOptions(options: ClientOptions): void {
  check(options, clientChecks);
  if (options.fetch && options.transport) {
    throw invalid(
      'transport',
      'cannot be given beside "fetch", which it replaces; give one',
      'configuration',
    );
  }
}

/** @throws QwireError of kind `configuration` that names the option. */
export function checkCallOptions(options: CallOptions): void {
  check(options, callChecks);
}

function check(options: CallOptions | ClientOptions, checks: () => Checks): void {
  checkObject(options, checks, { field: '', kind: 'configuration' });
}
