import type { Verdict } from '@qwire/workspaces';

/** What came back, over one wire. */
export interface Answer {
  readonly status: number;
  /** An object is sent as JSON. */
  readonly body: object | string;
  readonly contentType?: string;
}

/** Why a call fails, as each wire says it, or how the network does. */
export interface Cause {
  readonly name: string;
  readonly verdict: Verdict;
  /** `sk-good` unless given. */
  readonly apiKey?: string;
  readonly model?: string;
  readonly answers?: { readonly 'openai-compatible': Answer; readonly dashscope: Answer };
  /** What `fetch` throws: the code that Node gives to the cause. */
  readonly network?: string;
}

const requestId = 'a1c0561c-1dfe-98a6-a62f-983577b8bc5e';

function both(
  status: number,
  native: readonly [string, string],
  compatible: object,
): NonNullable<Cause['answers']> {
  const [code, message] = native;
  return {
    dashscope: { status, body: { code, message, request_id: requestId } },
    'openai-compatible': { status, body: { error: compatible, request_id: requestId } },
  };
}

/** The same code and words over both wires. */
function alike(status: number, code: string, message: string): NonNullable<Cause['answers']> {
  return both(status, [code, message], { message, type: code, param: null, code });
}

function page(status: number, title: string): NonNullable<Cause['answers']> {
  const body = `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`;
  const answer = { status, body, contentType: 'text/html' };
  return { dashscope: answer, 'openai-compatible': answer };
}

const badRequest = { type: 'invalid_request_error', param: null };
const link = ' For details, see: https://help.aliyun.com/zh/model-studio/error-code#apikey-error';

/** Codes, statuses and words as the service documents them, or as they were pasted into issues. */
export const causes: readonly Cause[] = [
  {
    name: 'a key that the service does not know',
    verdict: 'key-refused',
    answers: both(401, ['InvalidApiKey', 'Invalid API-key provided.'], {
      ...badRequest,
      message: `Incorrect API key provided.${link}`,
      code: 'invalid_api_key',
    }),
  },
  {
    name: "a plan's key at an address that is not the service's own",
    verdict: 'plan-key',
    apiKey: 'sk-sp-good',
    answers: both(401, ['InvalidApiKey', 'Invalid API-key provided.'], {
      ...badRequest,
      message: 'Incorrect API key provided. ',
      code: 'invalid_api_key',
    }),
  },
  {
    name: 'a plan that serves coding tools only',
    verdict: 'plan-key',
    answers: alike(403, 'access_denied', 'Coding Plan is currently only available for Coding Agents'),
  },
  {
    name: 'a workspace that the key may not act for',
    verdict: 'workspace-denied',
    answers: alike(403, 'Workspace.AccessDenied', 'Workspace access denied.'),
  },
  {
    name: 'a workspace that there is not',
    verdict: 'workspace-denied',
    answers: alike(404, 'WorkSpaceNotFound', 'WorkSpace can not be found.'),
  },
  {
    name: "another workspace's host",
    verdict: 'endpoint-of-another-workspace',
    answers: alike(403, 'Endpoint.AccessDenied', 'Workspace endpoint access denied.'),
  },
  {
    name: 'a model that was not granted, flat on both wires',
    verdict: 'model-not-granted',
    answers: {
      dashscope: {
        status: 403,
        body: { code: 'Model.AccessDenied', message: 'Model access denied.', request_id: requestId },
      },
      'openai-compatible': {
        status: 403,
        body: { code: 'Model.AccessDenied', message: 'Model access denied.', request_id: requestId },
      },
    },
  },
  {
    name: 'a model that was not granted, in the other words',
    verdict: 'model-not-granted',
    answers: alike(403, 'access_denied', 'You are not authorized to call the model.'),
  },
  {
    name: 'a model that is not there',
    verdict: 'model-unknown',
    answers: both(404, ['ModelNotFound', 'Model can not be found.'], {
      ...badRequest,
      message: 'The model `qwen-pls` does not exist or you do not have access to it.',
      code: 'model_not_found',
    }),
  },
  {
    name: 'a model that is not there, as a wrong parameter',
    verdict: 'model-unknown',
    answers: both(400, ['InvalidParameter', 'Model not exist.'], {
      ...badRequest,
      message: 'Model not exist.',
      code: 'invalid_parameter_error',
    }),
  },
  {
    name: 'a model that the compatible wire does not offer',
    verdict: 'model-not-on-this-wire',
    answers: both(404, ['model_not_supported', 'Unsupported model `qwen-x` for OpenAI compatibility mode.'], {
      ...badRequest,
      message: 'Unsupported model `qwen-x` for OpenAI compatibility mode.',
      code: 'model_not_supported',
    }),
  },
  {
    name: 'a service that is not activated',
    verdict: 'not-activated',
    answers: alike(
      403,
      'AccessDenied.Unpurchased',
      'Access to model denied. Please make sure you are eligible for using the model.',
    ),
  },
  {
    name: 'a service that was not ordered',
    verdict: 'not-activated',
    answers: alike(429, 'CommodityNotPurchased', 'Commodity has not purchased yet.'),
  },
  {
    name: 'a free quota that is used up',
    verdict: 'free-tier-used-up',
    answers: alike(
      403,
      'AllocationQuota.FreeTierOnly',
      'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
    ),
  },
  {
    name: 'a free quota that is used up, under the code of throttling',
    verdict: 'free-tier-used-up',
    answers: both(429, ['Throttling.AllocationQuota', 'Free allocated quota exceeded.'], {
      message: 'Free allocated quota exceeded.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
  },
  {
    name: "a plan's quota that is used up",
    verdict: 'quota-used-up',
    answers: alike(429, 'Throttling.AllocationQuota', 'Your token-plan quota has been exhausted.'),
  },
  {
    name: 'an account that owes money',
    verdict: 'arrears',
    answers: alike(400, 'Arrearage', 'Access denied, please make sure your account is in good standing.'),
  },
  {
    name: 'a bill that is overdue',
    verdict: 'arrears',
    answers: alike(429, 'PostpaidBillOverdue', 'The postpaid bill is overdue.'),
  },
  {
    name: 'a refusal that gives no reason',
    verdict: 'access-denied',
    answers: both(403, ['AccessDenied', 'Access denied.'], {
      code: 'access_denied',
      message: 'Access denied.',
      type: 'access_denied',
    }),
  },
  {
    name: 'a refusal under a code that nobody has written down, as of an IP address',
    verdict: 'refused-otherwise',
    answers: alike(403, 'Address.Refused', 'The address of the caller is not on the list.'),
  },
  {
    name: 'a 401 under a code that nobody has written down',
    verdict: 'refused-otherwise',
    answers: alike(401, 'Address.Refused', 'The address of the caller is not on the list.'),
  },
  {
    name: "a key that is not accepted, in words of the caller's address",
    verdict: 'key-refused',
    answers: alike(401, 'InvalidApiKey', 'The API key may not be used from this IP address.'),
  },
  {
    name: 'a path that the service does not have',
    verdict: 'wrong-path',
    answers: alike(404, 'NotFound', 'Not found!'),
  },
  {
    name: 'a path that a gateway does not have',
    verdict: 'wrong-path',
    answers: page(404, '404 Not Found'),
  },
  {
    name: 'a path that answers nothing',
    verdict: 'wrong-path',
    answers: {
      dashscope: { status: 404, body: '' },
      'openai-compatible': { status: 404, body: '' },
    },
  },
  {
    name: 'a model on the wrong native path',
    verdict: 'wrong-path',
    answers: both(400, ['InvalidParameter', 'url error, please check url！'], {
      ...badRequest,
      message: 'url error, please check url！',
      code: 'invalid_parameter_error',
    }),
  },
  {
    name: "a proxy's page instead of a refusal",
    verdict: 'blocked-network',
    answers: page(403, 'Blocked by policy'),
  },
  {
    name: "a proxy's page with the status of a wrong key",
    verdict: 'blocked-network',
    answers: page(401, 'Please log in'),
  },
  {
    name: "a proxy's page instead of a reply",
    verdict: 'blocked-network',
    answers: page(200, 'Please log in'),
  },
  { name: 'a proxy that wants a password', verdict: 'blocked-network', answers: page(407, 'Proxy login') },
  {
    name: 'a key that was taken out on the way',
    verdict: 'blocked-network',
    answers: both(401, ['InvalidApiKey', 'No API-key provided.'], {
      ...badRequest,
      message: 'No API-key provided.',
      code: 'invalid_api_key',
    }),
  },
  { name: 'a host name that is not found', verdict: 'blocked-network', network: 'ENOTFOUND' },
  { name: 'a connection that is refused', verdict: 'blocked-network', network: 'ECONNREFUSED' },
  {
    name: 'a certificate that is not trusted',
    verdict: 'blocked-network',
    network: 'SELF_SIGNED_CERT_IN_CHAIN',
  },
  { name: 'a connection that is cut', verdict: 'blocked-network', network: 'ECONNRESET' },
  { name: 'nobody who answers', verdict: 'blocked-network', network: 'UND_ERR_CONNECT_TIMEOUT' },
  {
    name: 'too many calls',
    verdict: 'rate-limited',
    answers: both(429, ['Throttling.RateQuota', 'Requests rate limit exceeded.'], {
      message: 'You have exceeded your current request limit.',
      type: 'limit_requests',
      code: 'limit_requests',
    }),
  },
  {
    name: 'too many tokens, in words of money',
    verdict: 'rate-limited',
    answers: both(
      429,
      ['Throttling.AllocationQuota', 'Allocated quota exceeded, please increase your quota limit.'],
      {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      },
    ),
  },
  {
    name: 'a service that fails',
    verdict: 'service-failed',
    answers: both(500, ['InternalError', 'An internal error has occurred.'], {
      message: 'Internal server error',
      type: 'internal_server_error',
      code: 'internal_server_error',
    }),
  },
  {
    name: "a gateway's page while the service fails",
    verdict: 'service-failed',
    answers: page(502, '502 Bad Gateway'),
  },
  {
    name: 'a 401 that is not written by the service',
    verdict: 'unclear',
    answers: {
      dashscope: { status: 401, body: '' },
      'openai-compatible': { status: 401, body: '' },
    },
  },
  {
    name: 'a request that the model does not take',
    verdict: 'unclear',
    answers: both(400, ['InvalidParameter', 'Range of max_tokens should be [2, 8192]'], {
      ...badRequest,
      message: 'Range of max_tokens should be [2, 8192]',
      code: 'invalid_parameter_error',
    }),
  },
  { name: 'no key', verdict: 'missing-key', apiKey: ' ' },
  { name: 'a key in quotes', verdict: 'malformed-key', apiKey: '"sk-good"' },
  { name: 'a key with a line end inside', verdict: 'malformed-key', apiKey: 'sk-go\nod' },
  { name: 'the placeholder of a sample', verdict: 'malformed-key', apiKey: 'sk-xxx' },
  { name: 'a shortened key', verdict: 'malformed-key', apiKey: 'sk-4f********9a' },
];
