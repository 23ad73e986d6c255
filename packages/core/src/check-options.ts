import { anything, boolean, type Check, checkObject, filledText, invalid, text, whole } from './check.ts';
import { Secret } from './client/secret.ts';
import type { CallOptions, ClientOptions, Timeouts } from './client.ts';
import { isRecord } from './json.ts';

const milliseconds: Check = {
  what: 'a number of milliseconds above 0, or Infinity',
  accepts: (value) => typeof value === 'number' && value > 0,
};
const list: Check = {
  what: 'a list of functions',
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'function'),
};
const headers: Check = {
  what: 'an object of header names and texts',
  accepts: (value) => isRecord(value) && Object.values(value).every(text.accepts),
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

const timeoutChecks = {
  connectMs: milliseconds,
  firstEventMs: milliseconds,
  idleMs: milliseconds,
  totalMs: milliseconds,
} satisfies Record<keyof Timeouts, Check>;

const sharedChecks = { headers, maxRetries: whole('a whole number from 0', 0), timeouts: anything };

const aFunction: Check = { what: 'a function', accepts: (value) => typeof value === 'function' };

const callChecks = { ...sharedChecks, signal, beforeRetry: aFunction } satisfies Record<
  keyof CallOptions,
  Check
>;

const clientChecks = {
  apiKey: {
    what: 'text or a function that returns it',
    accepts: (value) => typeof value === 'string' || typeof value === 'function' || Secret.is(value),
  },
  region: filledText,
  workspaceId: {
    what: `${filledText.what}, or null for none`,
    accepts: (value) => value === null || filledText.accepts(value),
  },
  workspaceIn: { what: '"host" or "header"', accepts: (value) => value === 'host' || value === 'header' },
  baseURL: text,
  fetch: aFunction,
  transport: aFunction,
  interceptors: list,
  logger,
  dangerouslyAllowBrowser: boolean,
  dangerouslyAllowHTTP: boolean,
  ...sharedChecks,
} satisfies Record<keyof ClientOptions, Check>;

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

function check(options: Pick<ClientOptions, 'timeouts'>, checks: Readonly<Record<string, Check>>): void {
  checkObject(options, checks, { field: '', kind: 'configuration' });
  if (options.timeouts !== undefined) {
    checkObject(options.timeouts, timeoutChecks, { field: 'timeouts', kind: 'configuration' });
  }
}
