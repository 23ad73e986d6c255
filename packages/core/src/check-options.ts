import { checkMembers, invalid } from './check.ts';
import type { CallOptions, ClientOptions, Timeouts } from './client.ts';

const configuration = 'configuration';
const timeoutMembers = ['connectMs', 'firstEventMs', 'idleMs', 'totalMs'] satisfies (keyof Timeouts)[];
const callMembers = ['signal', 'headers', 'maxRetries', 'timeouts'] satisfies (keyof CallOptions)[];
const clientMembers = [
  'apiKey',
  'region',
  'workspaceId',
  'workspaceIn',
  'baseURL',
  'headers',
  'fetch',
  'maxRetries',
  'timeouts',
  'interceptors',
  'logger',
] satisfies (keyof ClientOptions)[];

/** @throws QwireError of kind `configuration` that names the option. */
export function checkClientOptions(options: ClientOptions): void {
  checkMembers(options, clientMembers, { field: '', kind: configuration });
  const { apiKey, workspaceIn, interceptors, fetch } = options;
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function') {
    throw invalid('apiKey', 'must be text or a function that returns it', configuration);
  }
  for (const name of ['region', 'workspaceId', 'baseURL'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'string')
      throw invalid(name, 'must be text', configuration);
  }
  if (workspaceIn !== undefined && workspaceIn !== 'host' && workspaceIn !== 'header') {
    throw invalid('workspaceIn', 'must be "host" or "header"', configuration);
  }
  if (fetch !== undefined && typeof fetch !== 'function')
    throw invalid('fetch', 'must be a function', configuration);
  if (interceptors !== undefined && !isFunctionList(interceptors)) {
    throw invalid('interceptors', 'must be a list of functions', configuration);
  }
  checkShared(options);
}

/** @throws QwireError of kind `configuration` that names the option. */
export function checkCallOptions(options: CallOptions): void {
  checkMembers(options, callMembers, { field: '', kind: configuration });
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw invalid('signal', 'must be an AbortSignal', configuration);
  }
  checkShared(options);
}

function checkShared({ maxRetries, timeouts }: Pick<ClientOptions, 'maxRetries' | 'timeouts'>): void {
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw invalid('maxRetries', 'must be a whole number from 0', configuration);
  }
  if (timeouts === undefined) return;
  checkMembers(timeouts, timeoutMembers, { field: 'timeouts', kind: configuration });
  for (const name of timeoutMembers) {
    const value = timeouts[name];
    if (value !== undefined && !(typeof value === 'number' && value > 0)) {
      throw invalid(
        `timeouts.${name}`,
        'must be a number of milliseconds above 0, or Infinity',
        configuration,
      );
    }
  }
}

function isFunctionList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'function');
}
