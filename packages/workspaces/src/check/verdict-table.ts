// A table: what each failure means for the right to call, with where that is written.
import type { ErrorKind } from '@qwire/core';
import type { HostForm } from './host-form.ts';
import type { KeyForm } from './inspect-key.ts';
import type { Verdict } from './verdicts.ts';

/** All that is given must hold. */
export interface VerdictRow {
  readonly verdict: Verdict;
  readonly kinds?: readonly ErrorKind[];
  /** The service's codes; `none` for a failure that named none. */
  readonly codes?: readonly string[] | 'none';
  readonly statuses?: readonly number[] | 'none';
  readonly message?: RegExp;
  /** The option that is wrong. */
  readonly field?: RegExp;
  /** What the key looks like. */
  readonly key?: KeyForm;
  /** Whose host was asked. */
  readonly host?: HostForm;
  readonly source: string;
}

const codes = 'https://help.aliyun.com/zh/model-studio/error-code, 2026-05-25';
const subWorkspace =
  'https://www.alibabacloud.com/help/ja/model-studio/model-calling-in-sub-workspace, 2025-07-10';
const plans = 'https://www.alibabacloud.com/help/en/model-studio/coding-plan-faq, 2026-03-05';
const tokenPlan = 'https://www.alibabacloud.com/help/en/model-studio/token-plan-faq, 2026-04-30';
const addresses =
  'https://help.aliyun.com/zh/model-studio/get-api-key, 2026-10: limits of addresses, without the words of a refusal';
const own = 'a rule of this package';
const core = 'how @qwire/core tells what is no reply of the service';

/** The first row that fits decides. */
export const verdictTable: readonly VerdictRow[] = [
  // Nothing was sent
  {
    verdict: 'missing-key',
    kinds: ['configuration'],
    field: /apiKey$/,
    message: /no API key|returns the key (failed|gave none)/,
    source: own,
  },
  { verdict: 'malformed-key', kinds: ['configuration'], field: /apiKey$/, source: own },
  { verdict: 'misconfigured', kinds: ['configuration'], source: own },
  { verdict: 'budget-spent', kinds: ['budget-exceeded'], source: own },
  {
    verdict: 'not-on-list',
    kinds: ['permission-denied'],
    statuses: 'none',
    codes: 'none',
    message: /is not on the list of workspace/,
    source: own,
  },

  // Somebody else answered, or nobody: first, so that a proxy's 401 or 403 is never blamed on the key
  { verdict: 'blocked-network', statuses: [407], source: 'RFC 9110, 15.5.8' },
  { verdict: 'wrong-path', kinds: ['invalid-response'], statuses: [301, 302, 303, 307, 308], source: core },
  { verdict: 'wrong-path', codes: 'none', statuses: [404, 405], source: codes },
  {
    verdict: 'service-failed',
    codes: 'none',
    statuses: [500, 502, 503, 504],
    source: codes,
  },
  { verdict: 'blocked-network', codes: 'none', message: /(page|text) that is no JSON/, source: core },
  { verdict: 'blocked-network', message: /no api-key provided/i, source: codes },
  {
    verdict: 'service-failed',
    kinds: ['connection'],
    codes: ['APIConnectionError', 'ClientDisconnect'],
    source: codes,
  },
  { verdict: 'blocked-network', kinds: ['connection'], source: core },
  { verdict: 'blocked-network', kinds: ['timeout'], message: /^No response began/, source: core },
  { verdict: 'service-failed', kinds: ['timeout'], source: core },
  { verdict: 'blocked-network', kinds: ['invalid-response'], source: core },

  // Keys
  { verdict: 'plan-key', message: /coding plan is currently/i, source: plans },
  { verdict: 'plan-host', message: /invalid access token/i, source: plans },
  { verdict: 'plan-host', kinds: ['authentication'], host: 'plan', source: tokenPlan },
  { verdict: 'plan-key', kinds: ['authentication'], key: 'plan', source: plans },
  {
    verdict: 'key-refused',
    kinds: ['authentication'],
    codes: ['InvalidApiKey', 'invalid_api_key'],
    source: subWorkspace,
  },
  {
    verdict: 'key-refused',
    kinds: ['authentication'],
    message: /api.?key/i,
    source: codes,
  },

  // Workspaces
  {
    verdict: 'workspace-denied',
    codes: [
      'Workspace.AccessDenied',
      'NOT AUTHORIZED',
      'BailianGateway.Workspace.NotAuthorised',
      'WorkSpaceNotFound',
    ],
    source: `${codes}; https://github.com/higress-group/higress/issues/3643`,
  },
  { verdict: 'endpoint-of-another-workspace', codes: ['Endpoint.AccessDenied'], source: codes },
  { verdict: 'endpoint-of-another-workspace', message: /workspace endpoint access denied/i, source: codes },
  { verdict: 'workspace-denied', message: /workspace access denied|access this workspace/i, source: codes },

  // Models
  {
    verdict: 'model-not-granted',
    codes: ['Model.AccessDenied'],
    source: `${subWorkspace}; https://github.com/langgenius/dify/issues/13769`,
  },
  {
    verdict: 'model-not-granted',
    message: /model access denied|not authorized to call the model/i,
    source: subWorkspace,
  },
  {
    verdict: 'not-activated',
    codes: ['AccessDenied.Unpurchased', 'CommodityNotPurchased'],
    source: `${codes}; https://github.com/harry0703/MoneyPrinterTurbo/issues/279`,
  },
  { verdict: 'not-activated', message: /access to model denied|has not purchased/i, source: codes },
  {
    verdict: 'model-not-on-this-wire',
    codes: ['model_not_supported'],
    source: 'https://github.com/langchain-ai/opengpts/issues/352',
  },
  { verdict: 'model-not-on-this-wire', message: /for openai compatib/i, source: codes },
  { verdict: 'model-unknown', kinds: ['model-not-found'], source: subWorkspace },

  // Money and quotas
  {
    verdict: 'free-tier-used-up',
    codes: ['AllocationQuota.FreeTierOnly'],
    source: `${codes}; https://github.com/666ghj/BettaFish/issues/609`,
  },
  {
    verdict: 'free-tier-used-up',
    message: /free tier of the model|free allocated quota/i,
    source: `${codes}; https://github.com/APIParkLab/APIPark/issues/394`,
  },
  { verdict: 'arrears', kinds: ['billing'], source: codes },
  { verdict: 'quota-used-up', kinds: ['quota-exhausted'], source: codes },

  // Paths
  {
    verdict: 'wrong-path',
    message: /url error, please|request path not found|^not found!|request method '\w+' is not/i,
    source: codes,
  },

  // What is left
  { verdict: 'rate-limited', kinds: ['rate-limited'], source: codes },
  { verdict: 'service-failed', kinds: ['unavailable'], source: codes },
  { verdict: 'access-denied', codes: ['AccessDenied', 'access_denied'], source: codes },
  // A gateway's as well as the service's
  { verdict: 'unclear', codes: 'none', statuses: [401, 403], source: own },
  { verdict: 'refused-otherwise', kinds: ['authentication', 'permission-denied'], source: addresses },
];
