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
  /** No unless given. */
  readonly retryable?: boolean;
  /** `$1` and `$2` stand for the pattern's groups. */
  readonly hint?: string;
  /** The HTTP status of these codes, where they have just one. */
  readonly status?: number;
}

const dataAccess =
  'the main account must attach AliyunBailianDataFullAccess to the RAM user; the read-only policy is not enough.';
const membership =
  "Check the workspace's id and region. Its administrator can add the key's owner to it in the console; a key made in it needs no id.";
const payAsYouGo = 'use a pay-as-you-go key.';
const slower = 'Send less at a time: limits recover within a minute.';
const lacking = 'Leave out what this model lacks, or choose another model.';
const named = 'Change what the message names.';
const media = 'use a public URL with the right Content-Type, or send the bytes.';
const again = 'Try again later; should it stay, report the request id to the service.';

/**
 * Decides the kind of every failure that the service reports, and whether it is worth a retry.
 * @see https://help.aliyun.com/zh/model-studio/error-code
 */
export const errorTable: readonly ErrorRow[] = [
  // Keys: authentication, also where the status is 403
  {
    pattern: /no api-key/i,
    kind: 'authentication',
    hint: 'No key arrived: something on the way removed the Authorization header.',
  },
  {
    pattern: /invalid access token/i,
    kind: 'authentication',
    hint: "A plan's host takes only that plan's sk-sp- key, while the plan runs.",
  },
  {
    codes: ['InvalidApiKey*'],
    pattern: /(invalid|incorrect) api.key|api key you provided/i,
    kind: 'authentication',
    status: 401,
    hint: "Check that the key is whole, not deleted and of this region; an sk-sp- key works on its plan's host only.",
  },

  // Workspaces, grants and accounts: permission-denied, whether it comes as 401, 403, 404 or 200
  {
    codes: ['Model.AccessDenied'],
    pattern: /model access denied|to call the model/i,
    kind: 'permission-denied',
    status: 403,
    hint: "A super administrator can grant this model to the key's workspace in the console; the default workspace needs no grant. A custom model takes only a key of its own workspace.",
  },
  {
    codes: ['Workspace.AccessDenied'],
    pattern: /workspace access denied/i,
    kind: 'permission-denied',
    status: 403,
    hint: membership,
  },
  {
    codes: ['NOT AUTHORIZED', 'BailianGateway.Workspace.NotAuthorised', 'WorkSpaceNotFound'],
    pattern: /access this workspace|workspace can not/i,
    kind: 'permission-denied',
    hint: membership,
  },
  {
    codes: ['Endpoint.AccessDenied'],
    pattern: /endpoint access denied/i,
    kind: 'permission-denied',
    status: 403,
    hint: "A workspace's host takes only keys of that workspace: use one, or the region's shared host.",
  },
  {
    codes: ['App.AccessDenied'],
    pattern: /app access denied/i,
    kind: 'permission-denied',
    status: 403,
    hint: "Check the app's id and that it is published; use a key of its workspace.",
  },
  {
    codes: ['AccessDenied.Unpurchased'],
    pattern: /access to model denied/i,
    kind: 'permission-denied',
    status: 403,
    hint: 'The main account must activate Model Studio in this region, or apply for the model, in the console.',
  },
  {
    pattern: /to do this operation\. Action: ([^\s;]+); ?Resource: (\S+)/i,
    kind: 'permission-denied',
    hint: `For $1 on $2 ${dataAccess}`,
  },
  { codes: ['NoPermission*'], kind: 'permission-denied', hint: `For this ${dataAccess}` },
  {
    pattern: /coding plan is currently/i,
    kind: 'permission-denied',
    hint: `A plan's key serves coding tools only: ${payAsYouGo}`,
  },
  {
    pattern: /policy expired/i,
    kind: 'permission-denied',
    hint: 'The permit to upload has expired: upload the file again.',
  },

  // Money: billing, also as 400 or 429
  {
    codes: ['Arrearage', 'PrepaidBillOverdue', 'PostpaidBillOverdue'],
    pattern: /in good standing|overdue/i,
    kind: 'billing',
    hint: "The key's account owes money: its owner must pay, then wait a little.",
  },
  {
    codes: ['CommodityNotPurchased'],
    pattern: /has not purchased/i,
    kind: 'billing',
    status: 429,
    hint: 'The main account must order the service for this workspace in the console.',
  },

  // Quotas that waiting a minute does not restore: quota-exhausted, under the codes of throttling or none
  {
    codes: ['AllocationQuota.FreeTierOnly'],
    pattern: /free tier of|free allocated quota/i,
    kind: 'quota-exhausted',
    status: 403,
    hint: `The free quota is used up: the account's owner can switch "use free tier only" off in the console, and pay.`,
  },
  {
    pattern: /quota has been exhausted.*reset at (.+ UTC)/i,
    kind: 'quota-exhausted',
    hint: `The plan's quota returns at $1; until then ${payAsYouGo}`,
  },
  {
    pattern: /quota has been exhausted|(hour|week|month) allocated quota/i,
    kind: 'quota-exhausted',
    hint: `The plan's quota is used up: wait until it returns, or ${payAsYouGo}`,
  },
  {
    codes: ['BudgetLimitExceeded'],
    kind: 'quota-exhausted',
    hint: "The account's owner can raise its budget in the console.",
  },
  {
    pattern: /voice.* limit exceeded|您当前的配额|fine-tune job/i,
    kind: 'quota-exhausted',
    hint: 'Delete voices, hot words or jobs that are no longer needed.',
  },

  // Throttling: rate-limited, because it passes, however much "insufficient_quota" sounds like money
  {
    codes: ['Throttling.BurstRate', 'limit_burst_rate'],
    pattern: /increased too quickly/i,
    kind: 'rate-limited',
    retryable: true,
    status: 429,
    hint: 'Raise the load more slowly; with the header X-DashScope-Wait-Timeout the service queues calls.',
  },
  {
    codes: ['Throttling.AllocationQuota*', 'ServiceUnavailable*', 'ModelServingError*'],
    pattern:
      /exceeded your (current )?(quota|requests? li)|(allocated quota|rate limit) exceeded|throttl|too many (concurrent )?requests|currently overloaded|model serving.*"status_code": *(429|503)/i,
    kind: 'rate-limited',
    retryable: true,
    hint: slower,
  },
  {
    codes: ['Throttling*', 'LimitRequests', 'ResourceExhausted', 'insufficient_quota*'],
    kind: 'rate-limited',
    retryable: true,
    status: 429,
    hint: slower,
  },

  // Models: model-not-found, also under the codes of wrong parameters
  {
    pattern: /by the batch api/i,
    kind: 'model-not-found',
    hint: 'Choose a model that the Batch API offers.',
  },
  {
    codes: ['model_not_supported'],
    pattern: /for openai compatib/i,
    kind: 'model-not-found',
    status: 404,
    hint: 'Call this model over the native wire.',
  },
  {
    codes: ['ModelNotFound*'],
    pattern:
      /model not exist|model can not|the model .*does not exist|not found or not supported|model `.+` is not supported/i,
    kind: 'model-not-found',
    status: 404,
    hint: 'Take the id from the model list, in lower case, without spaces; regions, plans and wires have different models.',
  },

  // Length: context-length, under the codes of wrong parameters
  {
    pattern: /range of input length.*, ?(\d+)\]/i,
    kind: 'context-length',
    hint: 'Shorten the input to at most $1 tokens.',
  },
  {
    pattern: /message token length/i,
    kind: 'context-length',
    hint: 'Send less: qwen-long reads up to 10,000,000 tokens.',
  },

  // Moderation: content-filtered, in whichever layer it struck
  {
    codes: ['DataInspectionFailed', 'CustomRoleBlocked', 'FaqRuleBlocked', 'IPInfringementSuspect'],
    pattern: /inappropriate content|faq rule|ip infringement|green network|lyrics content is illegal/i,
    kind: 'content-filtered',
    status: 400,
    hint: 'Change the input, or what leads the model to such an output.',
  },

  // Trouble that passes: unavailable, under the codes of wrong parameters
  {
    pattern: /abnormal while generating|expecting ',' delimiter/i,
    kind: 'unavailable',
    retryable: true,
    hint: 'The model wrote broken JSON: try once more, or use another model.',
  },
  {
    pattern: /file parsing in progress/i,
    kind: 'unavailable',
    retryable: true,
    hint: 'The file is not read yet: try again in a few seconds.',
  },
  {
    pattern: /download (multimodal content|the media)/i,
    kind: 'unavailable',
    retryable: true,
    hint: `The service could not fetch the media: ${media}`,
  },

  // Requests that are wrong: invalid-request, also where the service says 403 or 500
  {
    pattern: /not support (a?synchronous) calls/i,
    kind: 'invalid-request',
    hint: 'The header X-DashScope-Async chooses between tasks and direct calls; this model takes no $1 ones.',
  },
  {
    pattern: /enable_thinking (must be set to false|only support)/i,
    kind: 'invalid-request',
    hint: 'Call this model with stream(), or switch thinking off.',
  },
  {
    pattern: /enable_thinking parameter is restricted/i,
    kind: 'invalid-request',
    hint: 'This model always thinks: leave thinking on.',
  },
  {
    codes: ['InvalidParameter.NotSupportEnableThinking'],
    pattern: /not support enable_|tool call is not|temperature.*supported for|single-turn/i,
    kind: 'invalid-request',
    status: 400,
    hint: lacking,
  },
  {
    pattern: /(?:thinking_budget.* than|max_tokens should be \[1,|size is invalid.* than) ?(\d+)/i,
    kind: 'invalid-request',
    hint: 'Use at most $1.',
  },
  {
    pattern: /only support (stream|with stream)|not support http call/i,
    kind: 'invalid-request',
    hint: 'Call this model with stream().',
  },
  {
    pattern: /current language settings|暂时不支持当前设置的语种|translation_options/i,
    kind: 'invalid-request',
    hint: 'Give translation_options in extra, with languages that qwen-mt knows.',
  },
  {
    pattern: /incremental_output|result_format/i,
    kind: 'invalid-request',
    hint: 'Take incremental_output and result_format out of extra.',
  },
  {
    pattern: /must be a response to/i,
    kind: 'invalid-request',
    hint: "Put the assistant's message with the tool calls before their answers.",
  },
  {
    pattern: /"function\.arguments"/i,
    kind: 'invalid-request',
    hint: 'Arguments of an earlier tool call are no JSON: mend them before sending them back.',
  },
  { pattern: /tool names/i, kind: 'invalid-request', hint: 'Rename the tool.' },
  { pattern: /tool_choice is one/i, kind: 'invalid-request', hint: 'Use the tool choice auto or none.' },
  {
    pattern: /in thinking mode|json mode response/i,
    kind: 'invalid-request',
    hint: 'Switch thinking off for this.',
  },
  {
    pattern: /repetitive tool calls/i,
    kind: 'invalid-request',
    hint: 'The model calls the same tool again and again: change the conversation.',
  },
  { pattern: /contain the word 'json'/i, kind: 'invalid-request', hint: 'Say "JSON" in a message.' },
  {
    pattern: /content must be a string|messages input is|unexpected item type|certain modal/i,
    kind: 'invalid-request',
    hint: 'Send only kinds of parts that this model takes; a text model takes text.',
  },
  {
    pattern:
      /content field is|\[\] is too short|either "prompt" or|the role of user|role must be|list index out/i,
    kind: 'invalid-request',
    hint: 'Use roles that this model takes, give every message content, and end with a user message.',
  },
  {
    pattern: /(?:required parameter\(|field required: |required parameter ')(?<field>[\w.[\]]+)/i,
    kind: 'invalid-request',
    hint: 'Set $1, in extra if there is no option for it.',
  },
  {
    pattern: /file \[id:|too many files/i,
    kind: 'invalid-request',
    hint: 'qwen-long reads up to 100 uploaded files, of at most 150 MB and 15,000 pages each.',
  },
  {
    pattern: /per data-uri|multimodal file size/i,
    kind: 'invalid-request',
    hint: 'Media in a request may have 10 MB: send a URL instead.',
  },
  {
    pattern: /image length and width/i,
    kind: 'invalid-request',
    hint: 'An image needs at least 10 pixels a side, and sides of at most 200 to 1.',
  },
  {
    pattern: /url does not appear|data inspection|access the media|multimodal url/i,
    kind: 'invalid-request',
    hint: `The service could not use the media: ${media}`,
  },
  {
    pattern: /url error, please/i,
    kind: 'invalid-request',
    hint: "The native wire has one path for text and one for multimodal models: choose this model's other one.",
  },
  {
    pattern:
      /embedding_pipeline|cancelled grpc|asr failed|audio preprocess|model serving.*"status_code": *4/i,
    kind: 'invalid-request',
    hint: 'The input makes the model fail: check it, voices and media above all.',
  },
  {
    codes: ['NotFound'],
    pattern: /path not found|^not found!/i,
    kind: 'invalid-request',
    status: 404,
    hint: 'Check the base URL, the path and the ids.',
  },

  // The service's own trouble: unavailable or connection
  {
    codes: ['RequestTimeOut', 'ResponseTimeout', 'InternalError.Timeout', 'GatewayTimeout*'],
    pattern: /request timed? ?out|response (stream )?timeout|i\/o error on post/i,
    kind: 'unavailable',
    retryable: true,
    hint: 'It took too long: stream long answers.',
  },
  { codes: ['APIConnectionError'], kind: 'connection', retryable: true, hint: again },
  { codes: ['ClientDisconnect'], kind: 'connection', hint: 'The connection closed before the answer.' },
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
    kind: 'unavailable',
    retryable: true,
    status: 500,
    hint: again,
  },
  {
    codes: ['ModelUnavailable'],
    pattern: /model is unavailable/i,
    kind: 'unavailable',
    retryable: true,
    status: 503,
    hint: again,
  },

  // Codes that say little: the messages above speak first, then permission-denied or invalid-request
  {
    codes: ['AccessDenied*'],
    kind: 'permission-denied',
    status: 403,
    hint: "The model may want an application, a grant to the key's workspace or a plan's key, or its free quota has ended.",
  },
  {
    codes: ['Invalid*', 'BadRequest*', 'FlowNotPublished', 'UnsupportedOperation', 'ServiceUnavailableError'],
    kind: 'invalid-request',
    status: 400,
    hint: named,
  },
  // Deployments, audio, batch files, speech tasks: they have no status, or several
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
    kind: 'invalid-request',
    hint: named,
  },
];

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
