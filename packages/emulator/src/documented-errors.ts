/** One documented failure, as each wire says it. */
export interface DocumentedError {
  readonly status: number;
  readonly native: { readonly code: string; readonly message: string };
  readonly compatible: {
    readonly code: string | null;
    readonly type: string;
    /** The native message unless given. */
    readonly message?: string;
  };
  /** Which producer's order of members the compatible envelope has. */
  readonly layer: 'gateway' | 'model';
  /** Where the documentation link of the message points to. */
  readonly anchor?: string;
}

type Row = readonly [
  name: string,
  status: number,
  nativeCode: string,
  compatibleCode: string | null,
  message: string,
  more?: {
    readonly type?: string;
    readonly compatibleMessage?: string;
    readonly layer?: 'model';
    readonly anchor?: string;
  },
];

const badRequest = { type: 'invalid_request_error' } as const;

/**
 * Every error that a chat call can meet. The codes, statuses and words are the documentation's; `{model}` and the like
 * stand for the call's own. Where only one wire's code is documented, the other is derived by the same rule as its
 * neighbors.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/error-code
 */
const rows = [
  // Key, permission and account.
  [
    'invalid-api-key',
    401,
    'InvalidApiKey',
    'invalid_api_key',
    'Invalid API-key provided.',
    { ...badRequest, compatibleMessage: 'Incorrect API key provided.', anchor: 'apikey-error' },
  ],
  [
    'no-api-key',
    401,
    'InvalidApiKey',
    'invalid_api_key',
    'No API-key provided.',
    { ...badRequest, anchor: 'apikey-error' },
  ],
  [
    'async-not-supported',
    403,
    'AccessDenied',
    'access_denied',
    'Current user api does not support asynchronous calls.',
  ],
  [
    'sync-not-supported',
    403,
    'AccessDenied',
    'access_denied',
    'current user api does not support synchronous calls.',
  ],
  ['access-denied', 403, 'AccessDenied', 'access_denied', 'Access denied.'],
  [
    'unpurchased',
    403,
    'AccessDenied.Unpurchased',
    'AccessDenied.Unpurchased',
    'Access to model denied. Please make sure you are eligible for using the model.',
  ],
  ['model-access-denied', 403, 'Model.AccessDenied', 'Model.AccessDenied', 'Model access denied.'],
  [
    'workspace-access-denied',
    403,
    'Workspace.AccessDenied',
    'Workspace.AccessDenied',
    'Workspace access denied.',
  ],
  [
    'endpoint-access-denied',
    403,
    'Endpoint.AccessDenied',
    'Endpoint.AccessDenied',
    'Workspace endpoint access denied.',
  ],
  [
    'free-tier-only',
    403,
    'AllocationQuota.FreeTierOnly',
    'AllocationQuota.FreeTierOnly',
    'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
  ],
  [
    'arrearage',
    400,
    'Arrearage',
    'Arrearage',
    'Access denied, please make sure your account is in good standing.',
    { layer: 'model', anchor: 'overdue-payment' },
  ],
  [
    'commodity-not-purchased',
    429,
    'CommodityNotPurchased',
    'CommodityNotPurchased',
    'Commodity has not purchased yet.',
  ],
  ['prepaid-bill-overdue', 429, 'PrepaidBillOverdue', 'PrepaidBillOverdue', 'The prepaid bill is overdue.'],
  [
    'postpaid-bill-overdue',
    429,
    'PostpaidBillOverdue',
    'PostpaidBillOverdue',
    'The postpaid bill is overdue.',
  ],
  ['workspace-not-found', 404, 'WorkSpaceNotFound', 'WorkSpaceNotFound', 'WorkSpace can not be found.'],

  // Model and path.
  [
    'model-not-found',
    404,
    'ModelNotFound',
    'model_not_found',
    'Model can not be found.',
    {
      ...badRequest,
      compatibleMessage: 'The model `{model}` does not exist or you do not have access to it.',
    },
  ],
  ['model-not-exist', 400, 'InvalidParameter', 'invalid_parameter_error', 'Model not exist.', badRequest],
  [
    'model-not-supported',
    404,
    'ModelNotFound',
    'model_not_supported',
    'Model can not be found.',
    {
      ...badRequest,
      layer: 'model',
      compatibleMessage: 'Unsupported model `{model}` for OpenAI compatibility mode.',
    },
  ],
  [
    'url-error',
    400,
    'InvalidParameter',
    'invalid_parameter_error',
    // The exclamation mark is full-width on the wire.
    'url error, please check url！',
    { ...badRequest, anchor: 'error-url' },
  ],
  [
    'method-not-supported',
    400,
    'InvalidParameter',
    'invalid_parameter_error',
    "Request method '{method}' is not supported.",
    badRequest,
  ],
  ['not-found', 404, 'NotFound', 'not_found', 'Not found!'],
  [
    'empty-model',
    400,
    'BadRequest.EmptyModel',
    null,
    'Required parameter "model" missing from request.',
    { ...badRequest, compatibleMessage: 'you must provide a model parameter.' },
  ],
  [
    'empty-input',
    400,
    'BadRequest.EmptyInput',
    null,
    'Required input parameter missing from request.',
    badRequest,
  ],
  [
    'illegal-input',
    400,
    'BadRequest.IllegalInput',
    'invalid_parameter_error',
    'The input parameter requires json format.',
    { ...badRequest, compatibleMessage: 'Required body invalid, please check the request body format.' },
  ],
  [
    'model-unavailable',
    503,
    'ModelUnavailable',
    'ModelUnavailable',
    'Model is unavailable, please try again later.',
  ],

  // Content.
  [
    'inappropriate-input',
    400,
    'DataInspectionFailed',
    'data_inspection_failed',
    'Input data may contain inappropriate content.',
    { layer: 'model', anchor: 'inappropriate-content' },
  ],
  [
    'inappropriate-output',
    400,
    'DataInspectionFailed',
    'data_inspection_failed',
    'Output data may contain inappropriate content.',
    { layer: 'model', anchor: 'inappropriate-content' },
  ],
  [
    'custom-role-blocked',
    400,
    'CustomRoleBlocked',
    'CustomRoleBlocked',
    'Input or output data may contain inappropriate content with custom rule.',
  ],
  [
    'faq-rule-blocked',
    400,
    'FaqRuleBlocked',
    'FaqRuleBlocked',
    'Input or output data is blocked by faq rule.',
  ],
  [
    'ip-infringement-suspect',
    400,
    'IPInfringementSuspect',
    'IPInfringementSuspect',
    'Input data is suspected of being involved in IP infringement.',
  ],
  [
    'abnormal-json',
    400,
    'InvalidParameter',
    'invalid_parameter_error',
    'Model output became abnormal while generating a JSON response. Please try again.',
    { ...badRequest, layer: 'model' },
  ],

  // Rates and quotas.
  [
    'rate-quota',
    429,
    'Throttling.RateQuota',
    'limit_requests',
    'Requests rate limit exceeded, please try again later.',
    { compatibleMessage: 'You have exceeded your current request limit.', anchor: 'rate-limit' },
  ],
  [
    'burst-rate',
    429,
    'Throttling.BurstRate',
    'limit_burst_rate',
    'Request rate increased too quickly. To ensure system stability, please adjust your client logic to scale requests more smoothly over time.',
    { anchor: 'rate-limit' },
  ],
  [
    'allocation-quota',
    429,
    'Throttling.AllocationQuota',
    'insufficient_quota',
    'Allocated quota exceeded, please increase your quota limit.',
    {
      compatibleMessage: 'You exceeded your current quota, please check your plan and billing details.',
      layer: 'model',
      anchor: 'token-limit',
    },
  ],
  [
    'free-quota-used-up',
    429,
    'Throttling.AllocationQuota',
    'insufficient_quota',
    'Free allocated quota exceeded.',
    { layer: 'model', anchor: 'token-limit' },
  ],
  [
    'plan-quota-used-up',
    429,
    'Throttling.AllocationQuota',
    'insufficient_quota',
    'Your token-plan quota has been exhausted.',
  ],
  ['throttling', 429, 'Throttling', 'Throttling', 'Requests throttling triggered.'],
  ['concurrency', 429, 'Throttling.Concurrency', 'Throttling.Concurrency', 'Too many concurrent requests.'],
  [
    'service-overloaded',
    429,
    'Throttling.ServiceOverloaded',
    'Throttling.ServiceOverloaded',
    'Too many requests.',
  ],

  // The service's own failures.
  [
    'internal-error',
    500,
    'InternalError',
    'internal_server_error',
    'An internal error has occured, please try again later or contact service support.',
    { layer: 'model' },
  ],
  [
    'inference-error',
    500,
    'InternalError.Algo',
    'internal_server_error',
    '<500> InternalError.Algo: inference internal error.',
    { layer: 'model' },
  ],
  [
    'last-message-not-user',
    500,
    'InternalError.Algo',
    'internal_server_error',
    '<500> InternalError.Algo: list index out of range',
    { layer: 'model' },
  ],
  [
    'role-not-supported',
    500,
    'InternalError.Algo',
    'internal_server_error',
    '<500> InternalError.Algo: Role must be in [user, assistant]',
    { layer: 'model' },
  ],
  [
    'internal-timeout',
    500,
    'InternalError.Timeout',
    'InternalError.Timeout',
    'An internal timeout error has occured, please try again later or contact service support.',
  ],
  [
    'capacity',
    503,
    'ModelServingError',
    'ModelServingError',
    'Too many requests. Your requests are being throttled due to system capacity limits. Please try again later.',
  ],
  ['system-error', 500, 'SystemError', 'SystemError', 'A system error has occured, please try again later.'],
  [
    'model-service-failed',
    500,
    'ModelServiceFailed',
    'ModelServiceFailed',
    'Failed to request model service.',
  ],
  ['request-timeout', 500, 'RequestTimeOut', 'RequestTimeOut', 'Request timed out, please try again later.'],
  ['response-timeout', 500, 'ResponseTimeout', 'ResponseTimeout', 'Response stream timeout.'],
] as const satisfies readonly Row[];

export type DocumentedErrorName = (typeof rows)[number][0];

export const documentedErrorNames: readonly DocumentedErrorName[] = rows.map(([name]) => name);

/** The documented errors by name. */
export const documentedErrors: ReadonlyMap<DocumentedErrorName, DocumentedError> = new Map(
  rows.map((row: Row) => [row[0] as DocumentedErrorName, toDocumentedError(row)]),
);

function toDocumentedError([, status, nativeCode, compatibleCode, message, more = {}]: Row): DocumentedError {
  return {
    status,
    native: { code: nativeCode, message },
    compatible: {
      code: compatibleCode,
      type: more.type ?? compatibleCode ?? 'invalid_request_error',
      ...(more.compatibleMessage !== undefined && { message: more.compatibleMessage }),
    },
    layer: more.layer ?? 'gateway',
    ...(more.anchor !== undefined && { anchor: more.anchor }),
  };
}
