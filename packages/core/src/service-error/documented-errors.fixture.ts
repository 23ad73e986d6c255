// A table for the tests: every failure that the service documents, and what reports of real ones add to that.
import type { ErrorKind } from '../error-kind.ts';

/** One message, under each of its codes; `undefined` where it came without one, or with none that is documented. */
export interface DocumentedError {
  readonly topic: string;
  readonly codes: readonly (string | undefined)[];
  readonly status: number | undefined;
  readonly message: string;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
}

const parameter = ['InvalidParameter', 'invalid_parameter_error'];
const again: readonly ErrorKind[] = ['rate-limited', 'unavailable', 'connection'];

function rows(
  topic: string,
  codes: readonly (string | undefined)[],
  meaning: { readonly status?: number | undefined; readonly kind: ErrorKind; readonly retryable?: boolean },
  messages: readonly string[],
): readonly DocumentedError[] {
  const { status, kind, retryable = again.includes(kind) } = meaning;
  return messages.map((message) => ({ topic, codes, status, message, kind, retryable }));
}

/** @see https://help.aliyun.com/zh/model-studio/error-code */
export const documentedErrors: readonly DocumentedError[] = [
  // The page on sub-workspaces
  ...rows('sub-workspace', parameter, { status: 400, kind: 'model-not-found' }, ['Model not exist.']),
  ...rows('sub-workspace', ['InvalidApiKey', 'invalid_api_key'], { status: 401, kind: 'authentication' }, [
    'Invalid API-key provided.',
    'Incorrect API key provided.',
    'Incorrect API key provided. ',
    'The API key you provided is incorrect.',
  ]),
  ...rows('sub-workspace', ['Model.AccessDenied', undefined], { status: 403, kind: 'permission-denied' }, [
    'Model access denied.',
    'You are not authorized to call the model.',
  ]),
  ...rows(
    'sub-workspace',
    ['ModelNotFound', 'model_not_found', undefined],
    { status: 404, kind: 'model-not-found' },
    [
      'Model can not be found.',
      'The model `qwen-plus-x` does not exist or you do not have access to it.',
      'The model qwen-plus-x does not exist.',
    ],
  ),
  ...rows('sub-workspace', ['NoPermission', undefined], { kind: 'permission-denied' }, [
    'You are not authorized to do this operation. Action: sfm:CreateSession;Resource: acs:sfm::123:* (1-1).',
  ]),
  ...rows('sub-workspace', ['NoPermission'], { kind: 'permission-denied' }, ['']),

  // Authentication, permission, account
  ...rows('account', ['InvalidApiKey', undefined], { status: 401, kind: 'authentication' }, [
    'No API-key provided.',
  ]),
  ...rows('account', ['invalid_api_key', undefined], { status: 401, kind: 'authentication' }, [
    'invalid access token or token expired',
  ]),
  ...rows('account', [undefined], { status: 403, kind: 'authentication' }, ['invalid api-key']),
  ...rows('account', ['NOT AUTHORIZED', undefined], { status: 401, kind: 'permission-denied' }, [
    'Access denied: Either you are not authorized to access this workspace, or the workspace does not exist.',
  ]),
  ...rows('account', ['BailianGateway.Workspace.NotAuthorised'], { status: 200, kind: 'permission-denied' }, [
    '',
  ]),
  ...rows('account', ['AccessDenied', 'access_denied'], { status: 403, kind: 'invalid-request' }, [
    'Current user api does not support asynchronous calls.',
    'current user api does not support synchronous calls.',
  ]),
  ...rows('account', ['AccessDenied', 'access_denied'], { status: 403, kind: 'permission-denied' }, [
    'Invalid according to Policy: Policy expired.',
    'Access denied.',
    'Access denied',
  ]),
  ...rows('account', ['AccessDenied.Unpurchased', undefined], { status: 403, kind: 'permission-denied' }, [
    'Access to model denied. Please make sure you are eligible for using the model.',
  ]),
  ...rows('account', ['App.AccessDenied', undefined], { status: 403, kind: 'permission-denied' }, [
    'App access denied.',
  ]),
  ...rows('account', ['Workspace.AccessDenied', undefined], { status: 403, kind: 'permission-denied' }, [
    'Workspace access denied.',
  ]),
  ...rows('account', ['Endpoint.AccessDenied', undefined], { status: 403, kind: 'permission-denied' }, [
    'Workspace endpoint access denied.',
  ]),
  ...rows('account', ['AllocationQuota.FreeTierOnly', undefined], { status: 403, kind: 'quota-exhausted' }, [
    'The free tier of the model has been exhausted.',
  ]),
  ...rows(
    'status that lies',
    [undefined, 'invalid_request_error'],
    { status: 400, kind: 'quota-exhausted' },
    ['The free tier of the model has been exhausted.'],
  ),
  ...rows('account', ['Arrearage', undefined], { status: 400, kind: 'billing' }, [
    'Access denied, please make sure your account is in good standing.',
  ]),
  ...rows('account', ['AccessDenied', undefined], { status: 403, kind: 'billing' }, [
    'Access denied due to overdue account.',
  ]),
  ...rows('account', ['CommodityNotPurchased', undefined], { status: 429, kind: 'billing' }, [
    'Commodity has not purchased yet.',
  ]),
  ...rows('account', ['PrepaidBillOverdue', undefined], { status: 429, kind: 'billing' }, [
    'The prepaid bill is overdue.',
  ]),
  ...rows('account', ['PostpaidBillOverdue', undefined], { status: 429, kind: 'billing' }, [
    'The postpaid bill is overdue.',
  ]),
  ...rows('account', ['BudgetLimitExceeded'], { kind: 'quota-exhausted' }, ['']),
  ...rows('account', ['WorkSpaceNotFound', undefined], { status: 404, kind: 'permission-denied' }, [
    'WorkSpace can not be found.',
  ]),
  ...rows('account', [undefined], { status: 403, kind: 'permission-denied' }, [
    'Coding Plan is currently only available for Coding Agents',
  ]),

  // Model and path
  ...rows('model and path', ['ModelNotFound', 'model_not_found'], { status: 404, kind: 'model-not-found' }, [
    'The provided model qwen-plus is not supported by the Batch API.',
    'Model not exist.',
  ]),
  ...rows('model and path', ['model_not_supported', undefined], { status: 404, kind: 'model-not-found' }, [
    'Unsupported model `gpt-4-turbo` for OpenAI compatibility mode.',
    'Unsupported model gpt-4-turbo for OpenAI compatibility mode.',
  ]),
  ...rows('model and path', [undefined, 'invalid_request_error'], { status: 400, kind: 'model-not-found' }, [
    'model `qwen3-max` is not supported.',
    "model 'qwen3-max' not found or not supported",
  ]),
  ...rows('model and path', ['InvalidParameter', undefined], { status: 400, kind: 'invalid-request' }, [
    'url error, please check url！',
    "Request method 'GET' is not supported.",
  ]),
  ...rows('model and path', ['NotFound', undefined], { status: 404, kind: 'invalid-request' }, [
    'Not found!',
    'Request path not found.',
  ]),
  ...rows('model and path', ['invalid_request_error', undefined], { status: 400, kind: 'invalid-request' }, [
    'you must provide a model parameter',
  ]),
  ...rows(
    'model and path',
    ['BadRequest.EmptyModel', 'BadRequest.EmptyInput', 'BadRequest.EmptyParameters'],
    { status: 400, kind: 'invalid-request' },
    ['Required parameter "model" missing from request.', 'Required input missing from request.'],
  ),
  ...rows('model and path', ['BadRequest.IllegalInput'], { status: 400, kind: 'invalid-request' }, [
    'The input requires json format.',
  ]),
  ...rows('model and path', ['Conflict'], { status: 409, kind: 'invalid-request' }, [
    'Model instance qwen-x already exists.',
  ]),
  ...rows('model and path', ['ModelUnavailable', undefined], { status: 503, kind: 'unavailable' }, [
    'Model is unavailable, please try again later.',
  ]),

  // Parameters
  ...rows('parameter', parameter, { status: 400, kind: 'context-length' }, [
    'Range of input length should be [1, 30720]',
    'Range of input length should be [1,983616]',
    'Total message token length exceed model limit (10000000 tokens).',
  ]),
  ...rows('parameter', parameter, { status: 400, kind: 'unavailable' }, [
    'Model output became abnormal while generating a JSON response.',
    'File parsing in progress, please try again later.',
    'Failed to download multimodal content.',
    'Download the media resource timed out during the data inspection process.',
    'Unable to download the media resource during the data inspection process.',
  ]),
  ...rows(
    'parameter',
    ['InvalidParameter.NotSupportEnableThinking', ...parameter],
    { status: 400, kind: 'invalid-request' },
    ['The model xxx does not support enable_thinking.'],
  ),
  ...rows('parameter', ['invalid_value', 'invalid_request_error'], { status: 400, kind: 'invalid-request' }, [
    "-1 is lesser than the minimum of 0 - 'seed'",
    "'seed' must be Integer",
  ]),
  ...rows('parameter', parameter, { status: 400, kind: 'invalid-request' }, [
    'parameter.enable_thinking must be set to false for non-streaming calls',
    'parameter.enable_thinking only support stream',
    'The value of the enable_thinking parameter is restricted to True.',
    'The thinking_budget parameter must be a positive integer and not greater than 38912',
    'This model only support stream mode, please enable the stream parameter to access the model.',
    'current user api does not support http call',
    'This model does not support enable_search.',
    'Current language settings are not supported!',
    '暂时不支持当前设置的语种！',
    'The incremental_output parameter must be "true" when enable_thinking is true',
    'The incremental_output parameter cannot be set to False',
    'The result_format parameter must be "message" when enable_thinking is true',
    'Range of max_tokens should be [1, 8192]',
    'Temperature should be in [0.0, 2.0)',
    "'temperature' must be Float",
    "Parameter 'temperature'=0.5 is not supported for this model",
    'Range of top_p should be (0.0, 1.0]',
    "'top_p' must be Float",
    'Parameter top_k be greater than or equal to 0',
    'Repetition_penalty should be greater than 0.0',
    'Presence_penalty should be in [-2.0, 2.0]',
    'Range of n should be [1, 4]',
    'Range of top_logprobs should be [0, 5]',
    'Range of seed should be [0, 9223372036854775807]',
    'The "stop" parameter must be of type "str" or "list"',
    'messages with role "tool" must be a response to a preceeding message with "tool_calls".',
    'messages with role "tool" must be a response to a preceding message with "tool_calls".',
    'The "function.arguments" parameter of the code model must be in JSON format.',
    'The tool call is not supported.',
    'Tool names are not allowed to be [search]',
    'tool_choice is one of the strings that should be ["none", "auto"]',
    'The tool_choice parameter does not support being set to required or object in thinking mode',
    'Repetitive tool calls detected',
    "'messages' must contain the word 'json' in some form.",
    'Json mode response is not supported when enable_thinking is true',
    'Unknown format of response_format.',
    'Required body invalid, please check the request body format.',
    'Input should be a valid dictionary or instance of GPT3Message',
    'The input content must be a string.',
    'The content field is a required field.',
    "[] is too short - 'messages'",
    'Either "prompt" or "messages" must exist and cannot both be none',
    'The messages do not contain elements with the role of user',
    'Role must be user or assistant and Content length must be greater than 0',
    'The messages input is invalid.',
    'Unexpected item type in content.',
    'The item of content should be a message of a certain modal.',
    'Required parameter(input.text) missing or invalid',
    'Input error. Field required: input.messages.1.content',
    "Missing required parameter 'messages'",
    'Field required: parameters.translation_options',
    'The current model only supports single-turn dialogue',
    "'audio' output only support with stream=true",
    "audio.voice must be one of 'Cherry', 'Ethan'",
    'Value error, batch size is invalid, it should not be larger than 10.: input.contents',
    'Value error, contents is neither str nor list of str.: input.contents',
    'Invalid file [id:file-1].',
    'File [id:file-1] cannot be found.',
    'File [id:file-1] format is not supported.',
    'File [id:file-1] exceeds size limit.',
    'File [id:file-1] exceeds page limits (15000 pages).',
    'File [id:file-1] content blank.',
    'Too many files provided.',
    'Exceeded limit on max bytes per data-uri item : 10485760',
    'Multimodal file size is too large',
    'The image length and width do not meet the model restrictions.',
    'The sequence images should be (4, 512).',
    'The video file is too long.',
    'Invalid video file.',
    'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    'Failed to find the requested media resource during the data inspection process.',
    'Failed to decode the image during the data inspection process.',
    "Don't have authorization to access the media resource during the data inspection process.",
    'Wrong Content-Type of multimodal url',
    'The image size is not supported for the data inspection.',
    'The request is missing required parameters or in a wrong format',
    'The request parameter is invalid',
    'image format error',
  ]),
  ...rows(
    'parameter',
    [
      ...'DownloadFailed AudioLengthError NoHuman BodyProportion FacePose Resolution FPS Value FrontBody FullFace FaceNotMatch Content FullBody BodyPose Size Duration ImageSize AspectRatio Openerror Template.Content Format MultiHuman'
        .split(' ')
        .map((name) => `InvalidFile.${name}`),
      'InvalidPerson',
      'InvalidImage.ImageSize',
      'InvalidImage.NoHumanFace',
      'InvalidImage.FileFormat',
      'InvalidImageResolution',
      'InvalidImageFormat',
      'InvalidURL',
      'InvalidURL.ConnectionRefused',
      'InvalidURL.Timeout',
      'InvalidParameter.DataInspection',
      'InvalidParameter.FileDownload',
      'InvalidGarment',
      'InvalidSchema',
      'InvalidSchemaFormat',
      'InvalidInputLength',
      ...'AudioShortError AudioSilentError PreprocessError DecoderError AudioRateError DurationLimitError'
        .split(' ')
        .map((name) => `Audio.${name}`),
      ...'InputDownloadFailed UnsupportedFileFormat TooLarge TooMany ResourceNotExist VoiceNotFound'
        .split(' ')
        .map((name) => `BadRequest.${name}`),
      'BadRequestException',
      'FlowNotPublished',
      'UnsupportedOperation',
      'ServiceUnavailableError',
    ],
    { kind: 'invalid-request' },
    ['The input was not accepted.'],
  ),
  ...rows('parameter', ['Audio.AudioShortError'], { status: 430, kind: 'invalid-request' }, [
    'valid audio too short',
  ]),
  ...rows('parameter', ['ClientDisconnect'], { status: 400, kind: 'connection', retryable: false }, ['']),
  ...rows('parameter', ['APIConnectionError'], { status: 400, kind: 'connection' }, ['Connection error.']),

  // Content safety
  ...rows(
    'moderation',
    [
      'DataInspectionFailed',
      'data_inspection_failed',
      'InternalError.Algo',
      'invalid_parameter_error',
      undefined,
    ],
    { status: 400, kind: 'content-filtered' },
    [
      'Input data may contain inappropriate content.',
      'Input text data may contain inappropriate content.',
      'Output data may contain inappropriate content.',
      'Input or output data may contain inappropriate content.',
    ],
  ),
  ...rows('moderation', ['DataInspectionFailed', 'data_inspection_failed'], { kind: 'content-filtered' }, [
    '',
  ]),
  ...rows('moderation', ['CustomRoleBlocked', undefined], { status: 400, kind: 'content-filtered' }, [
    'Input data may contain inappropriate content with custom rule.',
  ]),
  ...rows('moderation', ['FaqRuleBlocked', undefined], { status: 400, kind: 'content-filtered' }, [
    'Input data is blocked by faq rule.',
  ]),
  ...rows('moderation', ['IPInfringementSuspect', undefined], { status: 400, kind: 'content-filtered' }, [
    'Input data is suspected of being involved in IP infringement.',
  ]),

  // Rate limits and quota
  ...rows(
    'rate and quota',
    ['Throttling.RateQuota', 'LimitRequests', 'ResourceExhausted', 'limit_requests', undefined],
    { status: 429, kind: 'rate-limited' },
    [
      'Requests rate limit exceeded, please try again later.',
      'You have exceeded your current request limit.',
      'You exceeded your current requests list.',
      'You exceeded your requests limit.',
    ],
  ),
  ...rows(
    'rate and quota',
    ['Throttling.BurstRate', 'limit_burst_rate', undefined],
    { status: 429, kind: 'rate-limited' },
    ['Request rate increased too quickly. To ensure system stability, please adjust your client logic.'],
  ),
  ...rows(
    'rate and quota',
    ['Throttling.AllocationQuota', 'insufficient_quota', undefined],
    { status: 429, kind: 'rate-limited' },
    [
      'Allocated quota exceeded, please increase your quota limit.',
      'You exceeded your current quota, please check your plan and billing details.',
    ],
  ),
  ...rows('rate and quota', ['Throttling.AllocationQuota', 'insufficient_quota'], { kind: 'rate-limited' }, [
    '',
  ]),
  ...rows(
    'rate and quota',
    ['Throttling.AllocationQuota', 'insufficient_quota', undefined],
    { status: 429, kind: 'quota-exhausted' },
    [
      'Free allocated quota exceeded.',
      'Your token-plan quota has been exhausted.',
      'Your token-plan 5-hour quota has been exhausted. The quota will reset at 2026-05-01 10:00:00 UTC.',
      'hour allocated quota exceeded.',
      'week allocated quota exceeded.',
      'month allocated quota exceeded.',
    ],
  ),
  ...rows('rate and quota', [undefined, 'insufficient_quota'], { status: 429, kind: 'rate-limited' }, [
    'concurrency allocated quota exceeded.',
  ]),
  ...rows(
    'rate and quota',
    ['Throttling.AllocationQuota', undefined],
    { status: 429, kind: 'rate-limited' },
    ['Batch requests are being throttled due to system capacity limits.'],
  ),
  ...rows('rate and quota', ['Throttling', undefined], { status: 429, kind: 'rate-limited' }, [
    'Requests throttling triggered.',
    'Too many requests in route. Please try again later.',
  ]),
  ...rows('rate and quota', ['Throttling', undefined], { status: 429, kind: 'quota-exhausted' }, [
    'Too many fine-tune job in running, please retry later.',
    'Only 20 fine-tune job can be created.',
  ]),
  ...rows('rate and quota', ['Throttling.Concurrency'], { status: 429, kind: 'rate-limited' }, [
    'Too many concurrent requests.',
  ]),
  ...rows(
    'rate and quota',
    ['Throttling.ServiceOverloaded', 'Throttling.ResourceExhausted', undefined],
    { kind: 'rate-limited' },
    ['Too many requests.', 'Too many requests'],
  ),
  ...rows('rate and quota', ['Throttling.AllocationQuota'], { status: 400, kind: 'quota-exhausted' }, [
    'The voice-clone number limit exceeded.',
    'Maximum voice storage limit exceeded.',
    '您当前的配额已用完',
  ]),
  ...rows(
    'rate and quota',
    ['ModelServingError', 'ServiceUnavailable', undefined],
    { kind: 'rate-limited' },
    ['Too many requests. Your requests are being throttled due to system capacity limits.'],
  ),

  // Server side
  ...rows(
    'server',
    ['InternalError', 'internal_error', 'internal_server_error'],
    { status: 500, kind: 'unavailable' },
    [
      'An internal error has occured, please try again later.',
      'Internal server error!',
      'Other kinds of server error',
    ],
  ),
  ...rows('server', ['InternalError.Algo', 'internal_server_error'], { status: 500, kind: 'unavailable' }, [
    'inference internal error',
    'inference error',
    'algorithm process error',
    'Receive batching backend response failed!',
    'Request rejected by inference engine!',
    'No backend server available',
    "Expecting ',' delimiter: line 1 column 20 (char 19)",
  ]),
  ...rows(
    'server',
    ['InternalError.Algo', 'internal_server_error'],
    { status: 500, kind: 'invalid-request' },
    [
      'list index out of range',
      'Role must be in [user, assistant]',
      'Missing Content-Length of multimodal url',
      'Embedding_pipeline_Error: unknown',
    ],
  ),
  ...rows('server', ['InternalError.Algo.ModelServingError', undefined], { kind: 'rate-limited' }, [
    'An error occurred in model serving. The error message it sent us is [{"status_code":503}]',
    'An error occurred in model serving. The error message it sent us is [{"status_code": 429}]',
  ]),
  ...rows('server', ['InternalError.Algo.ModelServingError', undefined], { kind: 'unavailable' }, [
    'An error occurred in model serving. The error message it sent us is [{"status_code":500}]',
  ]),
  ...rows('server', ['InternalError.Algo.ModelServingError', undefined], { kind: 'invalid-request' }, [
    'An error occurred in model serving. The error message it sent us is [{"status_code":400}]',
  ]),
  ...rows('server', ['InternalError.Timeout'], { status: 500, kind: 'unavailable' }, [
    'An internal timeout error has occured during execution, please try again later.',
  ]),
  ...rows(
    'server',
    ['InternalError.FileUpload', 'InternalError.Upload'],
    { status: 500, kind: 'unavailable' },
    ['oss upload error.', 'Failed to upload result.'],
  ),
  ...rows('server', ['SystemError'], { status: 500, kind: 'unavailable' }, [
    'An system error has occured, please try again later.',
  ]),
  ...rows('server', ['ModelServiceFailed'], { status: 500, kind: 'unavailable' }, [
    'Failed to request model service.',
  ]),
  ...rows('server', ['RequestTimeOut', undefined], { status: 500, kind: 'unavailable' }, [
    'Request timed out, please try again later.',
    'Response timeout!',
    'I/O error on POST request',
  ]),
  ...rows('server', ['ResponseTimeout', undefined], { status: 500, kind: 'unavailable' }, [
    'Response stream timeout',
  ]),
  ...rows(
    'server',
    [
      'InvokePluginFailed',
      'AppProcessFailed',
      'RewriteFailed',
      'RetrivalFailed',
      'RetrievalFailed',
      'InternalError.Configuration',
      'InternalError.DataInspection',
      'InternalError.TranslationFailed',
      'GatewayTimeout.InputDownload',
    ],
    { status: 500, kind: 'unavailable' },
    ['Failed to proceed application request.', ''],
  ),
  ...rows('server', [undefined], { status: 503, kind: 'rate-limited' }, [
    'The engine is currently overloaded, please try again later',
  ]),
  ...rows('server', [undefined], { status: 502, kind: 'unavailable' }, ['Bad Gateway']),
  ...rows('server', [undefined], { status: 504, kind: 'unavailable' }, ['Gateway Timeout']),

  // Batch jobs and speech tasks
  ...rows(
    'batch',
    ['url_not_found', 'mismatched_test_url', 'mismatched_model', 'duplicate_custom_id'],
    { kind: 'invalid-request' },
    ["The provided url '/v1/chat/completion' is not supported by the Batch."],
  ),
  ...rows('batch', ['InvalidParameter', undefined], { status: 400, kind: 'invalid-request' }, [
    'Upload file capacity exceed limit.',
    'Upload file number exceed limit.',
  ]),
  ...rows(
    'speech task',
    [
      'NO_INPUT_AUDIO_ERROR',
      'SUCCESS_WITH_NO_VALID_FRAGMENT',
      'ASR_RESPONSE_HAVE_NO_WORDS',
      'NO_VALID_AUDIO_ERROR',
      'CLIENT_ERROR',
      ...'DOWNLOAD_FAILED CHECK_FAILED TOO_LARGE NORMALIZE_FAILED PARSE_FAILED 404_NOT_FOUND 403_FORBIDDEN SERVER_ERROR TRANS_TASK_EXPIRED'
        .split(' ')
        .map((name) => `FILE_${name}`),
      'MKV_PARSE_FAILED',
      'REQUEST_INVALID_FILE_URL_VALUE',
      'CONTENT_LENGTH_CHECK_FAILED',
      'AUDIO_DURATION_TOO_LONG',
      'DECODE_ERROR',
    ],
    { kind: 'invalid-request' },
    ['task can not be null', 'Invalid payload data'],
  ),

  // Image, video and speech services
  ...rows('media', ['InvalidParameter'], { status: 400, kind: 'invalid-request' }, [
    'Invalid ext_bbox',
    'style is invalid',
    'download image failed',
    'oss download error',
    'Failed to download input files',
    'messages length only support 1',
    'num_images_per_prompt must be 1',
    'The audio is empty',
    'Engine return error code: 418',
    'SSML text is not supported',
    'Text request limit violated, expected 1.',
  ]),
  ...rows('media', ['InvalidParameter'], { status: 400, kind: 'content-filtered' }, [
    'The input does not comply with green network verification.',
    'Lyrics content is illegal.',
  ]),
  ...rows('media', ['InvalidParameter', 'CLIENT_ERROR'], { kind: 'unavailable' }, [
    'request timeout after 23 seconds.',
  ]),
  ...rows('media', ['invalid_value'], { status: 400, kind: 'invalid-request' }, [
    "The requested voice 'longxiaochun' is not supported.",
  ]),
  ...rows('media', ['InternalError', 'InternalError.Algo'], { status: 500, kind: 'invalid-request' }, [
    'audio preprocess server error',
    'request asr failed',
    'Remote cancelled grpc stream',
  ]),
];
