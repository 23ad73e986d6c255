// A table: every failure that the service documents or was seen to send. It is long because the service's list is.
import type { ErrorKind } from '../error-kind.ts';

/** One meaning: the codes and the messages that carry it, and what it asks of the caller. */
export interface ErrorRow {
  /**
   * In the service's spelling; case and punctuation do not count, so `ModelNotFound` is `model_not_found` as well. A
   * code decides at once, unless it ends in `*`: then it also stands for longer ones, and the message is asked first.
   */
  readonly codes?: readonly string[];
  /** Asked in the table's order, when no code decides. A group named `field` holds the request member that is wrong. */
  readonly pattern?: RegExp;
  readonly kind: ErrorKind;
  /** As the kind is unless given. */
  readonly retryable?: boolean;
  /** `$1` and `$2` stand for the pattern's groups. */
  readonly hint?: string;
  /** The HTTP status of these codes, where they have just one. */
  readonly status?: number;
}

const dataAccess = 'the main account must attach AliyunBailianDataFullAccess to the RAM user.';
const membership =
  "Check the workspace's id and region, or use a key made in it. Its administrator can add the key's owner in the console.";
const payAsYouGo = 'use a pay-as-you-go key.';
const slower = 'Send less at a time: limits recover within a minute.';
const lacking = 'Leave out what this model lacks, or choose another model.';
const named = 'Change what the message names.';
const media = 'use a public URL with the right Content-Type, or send the bytes.';
const again = 'Try again later, or report the request id to the service.';

/**
 * Decides the kind of every failure that the service reports, and whether it is worth a retry.
 * @see https://help.aliyun.com/zh/model-studio/error-code
 */
export function errorTable(): readonly ErrorRow[] {
  rows ??= makeRows();
  return rows;
}

let rows: readonly ErrorRow[] | undefined;

const makeRows = (): readonly ErrorRow[] => [
  // Keys: authentication, also where the status is 403
  ...ofKind('authentication', [
    {
      pattern: /no api-key/i,
      hint: 'No key arrived: something on the way removed the Authorization header.',
    },
    {
      pattern: /invalid access token/i,
      hint: "A plan's host needs that plan's sk-sp- key, while the plan runs.",
    },
    {
      codes: ['InvalidApiKey*'],
      pattern: /(invalid|incorrect) api.key|api key you provided/i,
      status: 401,
      hint: "Check that the key is whole, not deleted and of this region. A plan's sk-sp- key needs that plan's host.",
    },
  ]),

  // Workspaces, grants and accounts: permission-denied, whether it comes as 401, 403, 404 or 200
  ...ofKind('permission-denied', [
    {
      codes: ['Model.AccessDenied'],
      pattern: /model access denied|to call the model/i,
      status: 403,
      hint: "A super administrator can grant this model to the key's workspace in the console. A custom model needs a key of its own workspace.",
    },
    {
      codes: ['Workspace.AccessDenied'],
      pattern: /workspace access denied/i,
      status: 403,
      hint: membership,
    },
    {
      codes: ['NOT AUTHORIZED', 'BailianGateway.Workspace.NotAuthorised', 'WorkSpaceNotFound'],
      pattern: /access this workspace|workspace can not/i,
      hint: membership,
    },
    {
      codes: ['Endpoint.AccessDenied'],
      pattern: /endpoint access denied/i,
      status: 403,
      hint: "A workspace's host needs a key of that workspace: use one, or the region's shared host.",
    },
    {
      codes: ['App.AccessDenied'],
      pattern: /app access denied/i,
      status: 403,
      hint: "Check the app's id and that it is published; use a key of its workspace.",
    },
    {
      codes: ['AccessDenied.Unpurchased'],
      pattern: /access to model denied/i,
      status: 403,
      hint: 'The main account must activate Model Studio in this region, or apply for the model, in the console.',
    },
    {
      pattern: /to do this operation\. Action: ([^\s;]+); ?Resource: (\S+)/i,
      hint: `For $1 on $2 ${dataAccess}`,
    },
    { codes: ['NoPermission*'], hint: `For this ${dataAccess}` },
    {
      pattern: /coding plan is currently/i,
      hint: `A plan's key is for coding tools: ${payAsYouGo}`,
    },
    {
      pattern: /policy expired/i,
      hint: 'The permit has expired: upload the file again.',
    },
  ]),

  // Money: billing, also as 400 or 429
  ...ofKind('billing', [
    {
      codes: ['Arrearage', 'PrepaidBillOverdue', 'PostpaidBillOverdue'],
      pattern: /in good standing|overdue/i,
      hint: 'The account owes money: its owner must pay, then wait a little.',
    },
    {
      codes: ['CommodityNotPurchased'],
      pattern: /has not purchased/i,
      status: 429,
      hint: 'The main account must order the service for this workspace in the console.',
    },
  ]),

  // Quotas that waiting a minute does not restore: quota-exhausted, under the codes of throttling or none
  ...ofKind('quota-exhausted', [
    {
      codes: ['AllocationQuota.FreeTierOnly'],
      pattern: /free tier of|free allocated quota/i,
      status: 403,
      hint: `The free quota is used up: the account's owner can switch "use free tier only" off in the console.`,
    },
    {
      pattern: /quota has been exhausted.*reset at (.+ UTC)/i,
      hint: `The plan's quota returns at $1; until then ${payAsYouGo}`,
    },
    {
      pattern: /quota has been exhausted|(hour|week|month) allocated quota/i,
      hint: `The plan's quota is used up: wait until it returns, or ${payAsYouGo}`,
    },
    {
      codes: ['BudgetLimitExceeded'],
      hint: "The account's owner can raise its budget in the console.",
    },
    {
      // 您当前的配额, escaped: text of ASCII alone loads faster.
      pattern: /voice.* limit exceeded|\u60a8\u5f53\u524d\u7684\u914d\u989d|fine-tune job/i,
      hint: 'Delete voices, hot words or jobs.',
    },
  ]),

  // Throttling: rate-limited, because it passes, however much "insufficient_quota" sounds like money
  ...ofKind('rate-limited', [
    {
      codes: ['Throttling.BurstRate', 'limit_burst_rate'],
      pattern: /increased too quickly/i,
      status: 429,
      hint: 'Raise the load slowly, or let calls queue with the header X-DashScope-Wait-Timeout.',
    },
    {
      codes: ['Throttling.AllocationQuota*', 'ServiceUnavailable*', 'ModelServingError*'],
      pattern:
        /exceeded your (current )?(quota|requests? li)|(allocated quota|rate limit) exceeded|throttl|too many (concurrent )?requests|currently overloaded|model serving.*"status_code": *(429|503)/i,
      hint: slower,
    },
    {
      codes: ['Throttling*', 'LimitRequests', 'ResourceExhausted', 'insufficient_quota*'],
      status: 429,
      hint: slower,
    },
  ]),

  // Models: model-not-found, also under the codes of wrong parameters
  ...ofKind('model-not-found', [
    {
      pattern: /by the batch api/i,
      hint: 'Choose a model of the Batch API.',
    },
    {
      codes: ['model_not_supported'],
      pattern: /for openai compatib/i,
      status: 404,
      hint: 'Call this model over the native wire.',
    },
    {
      codes: ['ModelNotFound*'],
      pattern:
        /model not exist|model can not|the model .*does not exist|not found or not supported|model `.+` is not supported/i,
      status: 404,
      hint: 'Take the id from the model list, in lower case, without spaces: regions, plans and wires have different models.',
    },
  ]),

  // Length: context-length, under the codes of wrong parameters
  ...ofKind('context-length', [
    {
      pattern: /range of input length.*, ?(\d+)\]/i,
      hint: 'Shorten the input to at most $1 tokens.',
    },
    {
      pattern: /message token length/i,
      hint: 'Send less: qwen-long reads up to 10,000,000 tokens.',
    },
  ]),

  // Moderation: content-filtered, in whichever layer it struck
  ...ofKind('content-filtered', [
    {
      codes: ['DataInspectionFailed', 'CustomRoleBlocked', 'FaqRuleBlocked', 'IPInfringementSuspect'],
      pattern: /inappropriate content|faq rule|ip infringement|green network|lyrics content is illegal/i,
      status: 400,
      hint: 'Change the input, or what leads the model to such an output.',
    },
  ]),

  // Trouble that passes: unavailable, under the codes of wrong parameters
  ...ofKind('unavailable', [
    {
      pattern: /abnormal while generating|expecting ',' delimiter/i,
      hint: 'The model wrote broken JSON: try again, or choose another model.',
    },
    {
      pattern: /file parsing in progress/i,
      hint: 'The file is not read yet: try again in a few seconds.',
    },
    {
      pattern: /download (multimodal content|the media)/i,
      hint: `The service could not fetch the media: ${media}`,
    },
  ]),

  // Requests that are wrong: invalid-request, also where the service says 403 or 500
  ...ofKind('invalid-request', [
    {
      pattern: /not support (a?synchronous) calls/i,
      hint: 'This model takes no $1 calls; the header X-DashScope-Async chooses.',
    },
    {
      pattern: /enable_thinking (must be set to false|only support)/i,
      hint: 'Call this model with stream(), or switch thinking off.',
    },
    {
      pattern: /enable_thinking parameter is restricted/i,
      hint: 'This model always thinks: leave thinking on.',
    },
    {
      codes: ['InvalidParameter.NotSupportEnableThinking'],
      pattern: /not support enable_|tool call is not|temperature.*supported for|single-turn/i,
      status: 400,
      hint: lacking,
    },
    {
      pattern: /(?:thinking_budget.* than|max_tokens should be \[1,|size is invalid.* than) ?(\d+)/i,
      hint: 'Use at most $1.',
    },
    {
      pattern: /only support (stream|with stream)|not support http call/i,
      hint: 'Call this model with stream().',
    },
    {
      // 暂时不支持当前设置的语种
      pattern:
        /current language settings|\u6682\u65f6\u4e0d\u652f\u6301\u5f53\u524d\u8bbe\u7f6e\u7684\u8bed\u79cd|translation_options/i,
      hint: 'Give translation_options in extra, with languages that qwen-mt knows.',
    },
    {
      pattern: /incremental_output|result_format/i,
      hint: 'Take incremental_output and result_format out of extra.',
    },
    {
      pattern: /must be a response to/i,
      hint: "Put the assistant's message with the tool calls before their answers.",
    },
    {
      pattern: /"function\.arguments"/i,
      hint: 'Arguments of an earlier tool call are no JSON: mend them.',
    },
    { pattern: /tool names/i, hint: 'Rename the tool.' },
    { pattern: /tool_choice is one/i, hint: 'Use the tool choice auto or none.' },
    {
      pattern: /in thinking mode|json mode response/i,
      hint: 'Switch thinking off for this.',
    },
    {
      pattern: /repetitive tool calls/i,
      hint: 'The model repeats a tool call: change the conversation.',
    },
    { pattern: /contain the word 'json'/i, hint: 'Say "JSON" in a message.' },
    {
      pattern: /content must be a string|messages input is|unexpected item type|certain modal/i,
      hint: 'Send only kinds of parts that this model takes, such as text.',
    },
    {
      pattern:
        /content field is|\[\] is too short|either "prompt" or|the role of user|role must be|list index out/i,
      hint: 'Use roles that this model takes, give all messages content, and end with a user message.',
    },
    {
      pattern: /(?:required parameter\(|field required: |required parameter ')(?<field>[\w.[\]]+)/i,
      hint: 'Set $1, in extra if there is no option for it.',
    },
    {
      pattern: /file \[id:|too many files/i,
      hint: 'qwen-long reads up to 100 files, of at most 150 MB and 15,000 pages each.',
    },
    {
      pattern: /per data-uri|multimodal file size/i,
      hint: 'Media in a request may have 10 MB: use a URL.',
    },
    {
      pattern: /image length and width/i,
      hint: 'An image needs at least 10 pixels a side, and sides of at most 200 to 1.',
    },
    {
      pattern: /url does not appear|data inspection|access the media|multimodal url/i,
      hint: `The service could not use the media: ${media}`,
    },
    {
      pattern: /url error, please/i,
      hint: 'The native wire has one path for text and one for multimodal models: choose the other one.',
    },
    {
      pattern:
        /embedding_pipeline|cancelled grpc|asr failed|audio preprocess|model serving.*"status_code": *4/i,
      hint: 'The input makes the model fail: check it, voices and media above all.',
    },
    {
      codes: ['NotFound'],
      pattern: /path not found|^not found!/i,
      status: 404,
      hint: 'Check the base URL, the path and the ids.',
    },
  ]),

  // The service's own trouble: unavailable or connection
  ...ofKind('connection', [
    { codes: ['APIConnectionError'], hint: again },
    { codes: ['ClientDisconnect'], retryable: false, hint: 'The connection closed before the answer.' },
  ]),
  ...ofKind('unavailable', [
    {
      codes: ['RequestTimeOut', 'ResponseTimeout', 'InternalError.Timeout', 'GatewayTimeout*'],
      pattern: /request timed? ?out|response (stream )?timeout|i\/o error on post/i,
      hint: 'It took too long: stream long answers.',
    },
    {
      codes: [
        'Internal*',
        'InternalError.DataInspection',
        'SystemError',
        'ModelServiceFailed',
        'InvokePluginFailed',
        'AppProcessFailed',
        'RewriteFailed',
        'RetrivalFailed',
        'RetrievalFailed',
      ],
      pattern: /model serving/i,
      status: 500,
      hint: again,
    },
    {
      codes: ['ModelUnavailable'],
      pattern: /model is unavailable/i,
      status: 503,
      hint: again,
    },
  ]),

  // Codes that say little: the messages above speak first, then permission-denied or invalid-request
  ...ofKind('permission-denied', [
    {
      codes: ['AccessDenied*'],
      status: 403,
      hint: "The model may need an application, a grant to the key's workspace or a plan's key, or its free quota is used up.",
    },
  ]),
  ...ofKind('invalid-request', [
    {
      codes: [
        'Invalid*',
        'BadRequest*',
        'FlowNotPublished',
        'UnsupportedOperation',
        'ServiceUnavailableError',
      ],
      status: 400,
      hint: named,
    },
  ]),

  // Deployments, audio, batch files, speech tasks: they have no status, or several
  ...ofKind('invalid-request', [
    {
      codes: [
        'Conflict',
        'Audio*',
        'url_not_found',
        'mismatched_*',
        'duplicate_custom_id',
        'NO_INPUT_*',
        'NO_VALID_*',
        'SUCCESS_WITH_NO_VALID_FRAGMENT',
        'ASR_RESPONSE_*',
        'CLIENT_ERROR*',
        'FILE_*',
        'MKV_*',
        'REQUEST_INVALID_*',
        'CONTENT_LENGTH_*',
        'DECODE_ERROR',
      ],
      hint: named,
    },
  ]),
];

/** The kinds whose failures pass by themselves. */
const passing: readonly ErrorKind[] = ['rate-limited', 'unavailable', 'connection'];

function ofKind(kind: ErrorKind, meanings: readonly Omit<ErrorRow, 'kind'>[]): readonly ErrorRow[] {
  return meanings.map((row) => ({ kind, retryable: passing.includes(kind), ...row }));
}

/**
 * The table's code that stands in for an unknown one: by the anchor of the link in the message, or by the status.
 * Other statuses from 500 count as `Internal*`, others from 400 as `Invalid*`.
 */
export const standIns: ReadonlyMap<string, string> = new Map([
  ['apikey-error', 'InvalidApiKey*'],
  ['overdue-payment', 'Arrearage'],
  ['rate-limit', 'Throttling*'],
  ['token-limit', 'Throttling*'],
  ['inappropriate-content', 'DataInspectionFailed'],
  ['401', 'InvalidApiKey*'],
  ['403', 'AccessDenied*'],
  ['404', 'NotFound'],
  ['408', 'Internal*'],
  ['429', 'Throttling*'],
]);
