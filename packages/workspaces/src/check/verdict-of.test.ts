import { QwireError, type QwireErrorOptions } from '@qwire/core';
import { expect, test } from 'vitest';
import { type Circumstances, rowOf, verdictOf } from './verdict-of.ts';
import { verdictTable } from './verdict-table.ts';
import { roles, type Verdict, verdicts } from './verdicts.ts';

type Row = readonly [verdict: Verdict, message: string, options: QwireErrorOptions, more?: Circumstances];

const denied = { kind: 'permission-denied', status: 403 } as const;
const refused = { kind: 'authentication', status: 401 } as const;

/** One failure for each row of the table, as core makes it. Each has nothing but what its row goes by. */
const failures: readonly Row[] = [
  ['missing-key', 'apiKey: there is no API key', { kind: 'configuration', field: 'apiKey' }],
  ['malformed-key', 'apiKey: holds spaces', { kind: 'configuration', field: 'workspaces.a.apiKey' }],
  ['misconfigured', 'region: is not set', { kind: 'configuration', field: 'region' }],
  ['budget-spent', 'The budget is spent', { kind: 'budget-exceeded' }],
  ['not-on-list', '"a" is not on the list of workspace "b": c', { kind: 'permission-denied' }],
  ['blocked-network', 'status 407', { kind: 'invalid-request', code: 'x', status: 407 }],
  ['wrong-path', 'A redirect, which is not followed', { kind: 'invalid-response', status: 302 }],
  ['wrong-path', 'status 404 and an empty body', { kind: 'invalid-request', status: 404 }],
  [
    'service-failed',
    'status 502 and a page that is no JSON: Bad Gateway',
    { kind: 'unavailable', status: 502 },
  ],
  ['blocked-network', 'status 401 and a page that is no JSON: Log in', refused],
  ['blocked-network', 'No API-key provided. [InvalidApiKey]', { ...refused, code: 'InvalidApiKey' }],
  [
    'service-failed',
    'lost [APIConnectionError]',
    { kind: 'connection', status: 500, code: 'APIConnectionError' },
  ],
  ['blocked-network', 'The connection to the service failed (ENOTFOUND)', { kind: 'connection' }],
  ['blocked-network', 'No response began within 20000 ms', { kind: 'timeout', timeout: 'connectMs' }],
  ['service-failed', 'No answer began within 60000 ms', { kind: 'timeout', timeout: 'firstEventMs' }],
  ['blocked-network', 'The reply could not be read', { kind: 'invalid-response', status: 200 }],
  ['plan-key', 'Coding Plan is currently only available for Coding Agents', denied],
  ['plan-host', 'invalid access token or token expired', { ...refused, code: 'invalid_api_key' }],
  ['plan-host', 'Invalid API-key provided.', { ...refused, code: 'InvalidApiKey' }, { host: 'plan' }],
  ['plan-key', 'Invalid API-key provided.', { ...refused, code: 'InvalidApiKey' }, { key: 'plan' }],
  ['key-refused', 'No. [invalid_api_key]', { ...refused, code: 'invalid_api_key' }],
  ['key-refused', 'invalid api-key', { ...refused, status: 403 }],
  ['workspace-denied', 'No.', { ...denied, code: 'NOT AUTHORIZED', status: 401 }],
  ['endpoint-of-another-workspace', 'No.', { ...denied, code: 'Endpoint.AccessDenied' }],
  [
    'endpoint-of-another-workspace',
    'Workspace endpoint access denied.',
    { ...denied, code: 'access_denied' },
  ],
  ['workspace-denied', 'Workspace access denied.', { ...denied, code: 'access_denied' }],
  ['model-not-granted', 'No.', { ...denied, code: 'Model.AccessDenied' }],
  ['model-not-granted', 'You are not authorized to call the model.', denied],
  ['not-activated', 'No.', { ...denied, code: 'AccessDenied.Unpurchased' }],
  ['not-activated', 'Access to model denied. Please make sure you are eligible.', denied],
  ['model-not-on-this-wire', 'No.', { kind: 'model-not-found', code: 'model_not_supported', status: 404 }],
  [
    'model-not-on-this-wire',
    'Unsupported model `a` for OpenAI compatibility mode.',
    { kind: 'model-not-found', code: 'x', status: 404 },
  ],
  ['model-unknown', 'Model not exist.', { kind: 'model-not-found', code: 'InvalidParameter', status: 400 }],
  [
    'free-tier-used-up',
    'No.',
    { kind: 'quota-exhausted', code: 'AllocationQuota.FreeTierOnly', status: 403 },
  ],
  [
    'free-tier-used-up',
    'The free tier of the model has been exhausted.',
    { kind: 'quota-exhausted', code: 'x', status: 400 },
  ],
  ['arrears', 'No.', { kind: 'billing', code: 'Arrearage', status: 400 }],
  ['quota-used-up', 'week allocated quota exceeded', { kind: 'quota-exhausted', status: 429 }],
  [
    'wrong-path',
    'url error, please check url！',
    { kind: 'invalid-request', code: 'InvalidParameter', status: 400 },
  ],
  ['rate-limited', 'Requests rate limit exceeded.', { kind: 'rate-limited', code: 'x', status: 429 }],
  ['service-failed', 'Model is unavailable.', { kind: 'unavailable', code: 'ModelUnavailable', status: 503 }],
  ['access-denied', 'Access denied.', { ...denied, code: 'access_denied' }],
  ['unclear', 'The service answered with status 401 and an empty body', refused],
  ['refused-otherwise', 'Your app is not published', { ...denied, code: 'App.AccessDenied' }],
];

const made = failures.map(([verdict, message, options, more = {}]) => ({
  verdict,
  error: new QwireError(message, options),
  more,
}));

test.each(made)('$verdict: $error.message', ({ verdict, error, more }) => {
  expect(verdictOf(error, more)).toBe(verdict);
});

test('every row of the table decides one of these failures', () => {
  const deciding = made.map(({ error, more }) => rowOf(error, more));
  expect(verdictTable.filter((row) => !deciding.includes(row))).toEqual([]);
});

test.each<[string, QwireErrorOptions]>([
  ['The service answered with status 401 and an empty body', refused],
  ['The service answered with status 403 and an empty body', denied],
  [
    'Range of max_tokens should be [2, 10]',
    { kind: 'invalid-request', code: 'InvalidParameter', status: 400 },
  ],
])('what the table does not know is unclear, and never a wrong key: %s', (message, options) => {
  expect(verdictOf(new QwireError(message, options))).toBe('unclear');
});

test.each(Object.entries(verdicts).filter(([, { standing }]) => standing === 'wrong'))(
  '%s says what to do and who can do it, and calls no key invalid',
  (name, { title, step, who }) => {
    // What is wrong in a configuration, the error's own hint says.
    if (name !== 'misconfigured') expect(step).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(roles)).toContain(who);
    expect(`${title} ${step}`).not.toMatch(/invalid|wrong key/i);
  },
);
