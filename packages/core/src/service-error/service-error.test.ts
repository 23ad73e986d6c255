import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QwireError } from '../qwire-error.ts';
import { isServiceError, serviceError, serviceErrorInFrame } from './service-error.ts';

const id = '3c1d5f0e-6a58-4b7c-9a44-0d8f6e21b9aa';
const link = 'For details, see: https://help.aliyun.com/zh/model-studio/error-code#';

function failed(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return serviceError({ status, headers: new Headers(headers), body: text });
}

function wrapped(code: string | null, message: string, rest: { type?: string; id?: string } = {}) {
  const { type = code ?? 'invalid_request_error', ...others } = rest;
  return { error: { message, type, param: null, code }, request_id: id, ...others };
}

function flat(code: string, message: string) {
  return { code, message, request_id: id };
}

function inFrame(
  given: { event?: string; comments?: string[]; otherFields?: [string, string][]; data?: string },
  value?: unknown,
  headers: Record<string, string> = {},
) {
  const frame = {
    data: given.data ?? (value === undefined ? '' : JSON.stringify(value)),
    event: given.event ?? '',
    id: '1',
    comments: given.comments ?? [],
    otherFields: given.otherFields ?? [],
  };
  return serviceErrorInFrame(frame, value, { status: 200, headers: new Headers(headers) });
}

const modelServing =
  '<5000202> InternalError.Algo.ModelServingError.ModelServingUnknownError: An error occurred in model serving. The error message it sent us is [{"request_id":"r","status_code":503,"status_message":"Too many requests. Your requests are being throttled due to system capacity limits. Please try again later."}]';

describe('bodies of the shapes that were recorded', () => {
  test.each([
    [
      401,
      wrapped('invalid_api_key', `Incorrect API key provided. ${link}apikey-error`, {
        type: 'invalid_request_error',
      }),
      'authentication',
      false,
    ],
    [
      401,
      {
        error: {
          message: 'Incorrect API key provided. ',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      },
      'authentication',
      false,
    ],
    [401, flat('InvalidApiKey', 'Invalid API-key provided.'), 'authentication', false],
    [
      401,
      {
        error: {
          message: 'Invalid API-key provided.',
          id,
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
      'authentication',
      false,
    ],
    [
      400,
      flat('InvalidParameter', 'Role must be user or assistant and Content length must be greater than 0'),
      'invalid-request',
      false,
    ],
    [
      400,
      flat('InvalidParameter', `url error, please check url！ ${link}error-url`),
      'invalid-request',
      false,
    ],
    [
      400,
      wrapped(
        'invalid_parameter_error',
        '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 983616]',
        { type: 'invalid_request_error' },
      ),
      'context-length',
      false,
    ],
    [
      400,
      wrapped(
        'invalid_parameter_error',
        '<400> InternalError.Algo.InvalidParameter: This model does not support enable_search.',
        { type: 'invalid_request_error' },
      ),
      'invalid-request',
      false,
    ],
    [
      400,
      wrapped(
        'InvalidParameter',
        '<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 10.: input.contents',
        { id },
      ),
      'invalid-request',
      false,
    ],
    [
      400,
      {
        error: {
          message: "'purpose' must be 'file-extract'",
          type: 'invalid_request_error',
          param: 'purpose',
          code: null,
        },
      },
      'invalid-request',
      false,
    ],
    [
      400,
      wrapped('data_inspection_failed', 'Input data may contain inappropriate content.', {
        id: `chatcmpl-${id}`,
      }),
      'content-filtered',
      false,
    ],
    [
      400,
      `data: ${JSON.stringify(wrapped('data_inspection_failed', 'Input text data may contain inappropriate content.'))}\n\n`,
      'content-filtered',
      false,
    ],
    [
      400,
      wrapped('Arrearage', 'Access denied, please make sure your account is in good standing.', {
        id: `chatcmpl-${id}`,
      }),
      'billing',
      false,
    ],
    [
      403,
      { error: { code: 'access_denied', message: 'Access denied.', type: 'access_denied' }, request_id: id },
      'permission-denied',
      false,
    ],
    [
      403,
      wrapped('Workspace.AccessDenied', 'Workspace access denied.', { id: `chatcmpl-${id}` }),
      'permission-denied',
      false,
    ],
    [
      403,
      wrapped(
        'AllocationQuota.FreeTierOnly',
        'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
      ),
      'quota-exhausted',
      false,
    ],
    [
      403,
      {
        status_code: 403,
        ...flat(
          'AccessDenied.Unpurchased',
          'Access to model denied. Please make sure you are eligible for using the model.',
        ),
        output: null,
        usage: null,
      },
      'permission-denied',
      false,
    ],
    [403, flat('Model.AccessDenied', 'Model access denied.'), 'permission-denied', false],
    [
      404,
      wrapped('model_not_supported', 'Unsupported model `gpt-4-turbo` for OpenAI compatibility mode.', {
        type: 'invalid_request_error',
      }),
      'model-not-found',
      false,
    ],
    [
      404,
      wrapped('model_not_found', 'The model `Qwen-Plus` does not exist or you do not have access to it.', {
        type: 'invalid_request_error',
      }),
      'model-not-found',
      false,
    ],
    [400, '400 model `qwen3-max` is not supported.', 'model-not-found', false],
    [
      429,
      {
        error: {
          message: `You have exceeded your current request limit. ${link}rate-limit`,
          type: 'limit_requests',
          code: 'limit_requests',
        },
      },
      'rate-limited',
      true,
    ],
    [
      429,
      wrapped(
        'insufficient_quota',
        `You exceeded your current quota, please check your plan and billing details. ${link}token-limit`,
      ),
      'rate-limited',
      true,
    ],
    [
      429,
      wrapped(
        'limit_burst_rate',
        'Request rate increased too quickly. To ensure system stability, slow down.',
      ),
      'rate-limited',
      true,
    ],
    [
      429,
      flat('Throttling.AllocationQuota', 'Your token-plan quota has been exhausted.'),
      'quota-exhausted',
      false,
    ],
    [
      500,
      wrapped('internal_server_error', '<500> InternalError.Algo: list index out of range', {
        id: `chatcmpl-${id}`,
      }),
      'invalid-request',
      false,
    ],
    [500, wrapped('internal_server_error', modelServing), 'rate-limited', true],
    [500, flat('InternalError', modelServing), 'rate-limited', true],
    [500, flat('InternalError', '<429> InternalError.Algo: The model said no.'), 'rate-limited', true],
    [
      400,
      flat('InvalidParameter', '<400> InternalError.Algo.DataInspectionFailed: The text was refused.'),
      'content-filtered',
      false,
    ],
    [
      403,
      'event:error\n:HTTP_STATUS/403\ndata:{"code":"Model.AccessDenied","message":"Model access denied.","request_id":"r"}\n\n',
      'permission-denied',
      false,
    ],
    [404, '', 'invalid-request', false],
    [429, '', 'rate-limited', true],
    [502, '<html><head><title>502 Bad Gateway</title></head></html>', 'unavailable', true],
    [504, '<html><body>Gateway Timeout</body></html>', 'unavailable', true],
  ] as const)('reads %i %j as %s, retryable %s', (status, body, kind, retryable) => {
    const error = failed(status, body);

    expect({ kind: error.kind, retryable: error.retryable, status: error.status }).toEqual({
      kind,
      retryable,
      status,
    });
  });
});

describe('the error of a response', () => {
  test('says what the service said, with its code in brackets', () => {
    const error = failed(403, flat('Model.AccessDenied', 'Model access denied.'));

    expect(error).toBeInstanceOf(QwireError);
    expect(error.message).toBe('Model access denied. [Model.AccessDenied]');
    expect(error.code).toBe('Model.AccessDenied');
    expect(error.requestId).toBe(id);
    expect(error.hint).toContain('super administrator');
  });

  test('names the model layer beside the code', () => {
    const error = failed(400, flat('InvalidParameter', '<400> InternalError.Algo.InvalidParameter: No.'));

    expect(error.message).toBe('No. [InvalidParameter, InternalError.Algo.InvalidParameter]');
    expect(error.code).toBe('InvalidParameter');
  });

  test('keeps a code that nobody documents, and all that was said', () => {
    const error = failed(418, wrapped('Teapot.Is-Empty', 'Fill the pot.', { type: 'teapot' }));

    expect(error).toMatchObject({
      kind: 'invalid-request',
      code: 'Teapot.Is-Empty',
      status: 418,
      requestId: id,
    });
    expect(error.message).toBe('Fill the pot. [Teapot.Is-Empty]');
  });

  test('takes the type for the code when there is no code', () => {
    expect(failed(400, wrapped(null, 'No.')).code).toBe('invalid_request_error');
  });

  test('takes the code of the model layer when there is no other', () => {
    const error = failed(400, { message: '<400> InternalError.Algo.InvalidParameter: No.' });

    expect(error.code).toBe('InternalError.Algo.InvalidParameter');
    expect(error.message).toBe('No. [InternalError.Algo.InvalidParameter]');
  });

  test('names what came when there was no envelope', () => {
    expect(failed(404, '').message).toBe('The service answered with status 404 and an empty body');
    expect(failed(502, '<title>Bad\nGateway</title>').message).toBe(
      'The service answered with status 502 and a page that is no JSON: Bad Gateway',
    );
    expect(failed(503, 'no healthy upstream').message).toBe(
      'The service answered with status 503 and text that is no JSON: no healthy upstream',
    );
  });

  test('has a message when the service sent only a code', () => {
    expect(failed(403, { code: 'AccessDenied' }).message).toBe(
      'The service answered with status 403 [AccessDenied]',
    );
  });

  test('takes the request id from the headers when the body has none', () => {
    expect(failed(500, '', { 'x-request-id': id }).requestId).toBe(id);
    expect(failed(500, '').requestId).toBeUndefined();
  });

  test('names the field that the service names', () => {
    const files = { error: { message: 'x', type: 'invalid_request_error', param: 'purpose', code: null } };

    expect(failed(400, files).field).toBe('purpose');
    expect(
      failed(400, flat('InvalidParameter', 'Required parameter(input.text) missing or invalid')).field,
    ).toBe('input.text');
  });

  test('names no field for what no field is to blame for', () => {
    const body = { error: { message: 'x', code: 'insufficient_quota', param: 'insufficient_quota' } };

    expect(failed(429, body).field).toBeUndefined();
  });

  test('fills the hint with what the message holds', () => {
    const action =
      'You are not authorized to do this operation. Action: sfm:CreateSession;Resource: acs:sfm::1:* (1-1).';
    const reset =
      'Your token-plan 5-hour quota has been exhausted. The quota will reset at 2026-05-01 10:00 UTC.';

    expect(failed(403, flat('NoPermission', action)).hint).toMatch(
      /^For sfm:CreateSession on acs:sfm::1:\* the main/,
    );
    expect(failed(429, flat('Throttling.AllocationQuota', reset)).hint).toContain('at 2026-05-01 10:00 UTC;');
    expect(
      failed(400, flat('InvalidParameter', 'Range of input length should be [1, 30720]')).hint,
    ).toContain('at most 30720 tokens');
  });

  test('takes the status from the body only when HTTP says success', () => {
    const frames = 'event:error\n:HTTP_STATUS/403\ndata:{"code":"X.Denied","message":"No."}\n\n';

    expect(failed(200, frames).status).toBe(403);
    expect(failed(400, frames).status).toBe(400);
    expect(failed(200, flat('BailianGateway.Workspace.NotAuthorised', 'No.')).status).toBe(200);
  });

  test.each([
    ['true', 400, true],
    ['false', 500, false],
  ])('lets x-should-retry: %s overrule the table', (header, status, retryable) => {
    expect(failed(status, '', { 'x-should-retry': header }).retryable).toBe(retryable);
  });

  test('carries how long a gateway asks to wait', () => {
    expect(failed(429, '', { 'retry-after': '3' }).retryAfterMs).toBe(3000);
  });

  test('holds neither headers nor a whole body', () => {
    const page = `<html><body>${'word '.repeat(5000)}</body></html>`;
    const error = failed(500, page, { 'set-cookie': 'session=hidden', authorization: 'Bearer hidden' });

    expect(error.message.length).toBeLessThan(300);
    expect(JSON.stringify(error)).not.toContain('hidden');
  });

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        (status, body) => QwireError.is(failed(status, body)),
      ),
    );
  });
});

describe('the error of a frame', () => {
  const denied = flat('Model.AccessDenied', 'Model access denied.');

  test('takes its status from the comment', () => {
    const error = inFrame({ event: 'error', comments: ['HTTP_STATUS/403'] }, denied);

    expect(error).toMatchObject({
      kind: 'permission-denied',
      code: 'Model.AccessDenied',
      status: 403,
      requestId: id,
    });
  });

  test('takes its status from a status line', () => {
    expect(inFrame({ event: 'error', otherFields: [['status', '403']] }, denied)?.status).toBe(403);
  });

  test('takes its status from the number in front of the message', () => {
    const value = wrapped('internal_server_error', '<503> InternalError.Algo: No.');

    expect(inFrame({}, value)?.status).toBe(503);
  });

  test('takes its status from its code', () => {
    expect(
      inFrame({}, wrapped('data_inspection_failed', 'Output data may contain inappropriate content.')),
    ).toMatchObject({
      kind: 'content-filtered',
      status: 400,
    });
    expect(inFrame({}, wrapped('limit_burst_rate', 'Request rate increased too quickly.'))?.status).toBe(429);
  });

  test.each([modelServing, 'It is new.'])('has no status when nobody names one: %s', (message) => {
    expect(inFrame({}, wrapped('SomethingNew', message))?.status).toBeUndefined();
  });

  test('takes the request id from the head when it has none', () => {
    expect(inFrame({}, { code: 'X', message: 'x' }, { 'x-request-id': id })?.requestId).toBe(id);
  });

  test('is read from text that is no JSON', () => {
    expect(inFrame({ event: 'error', data: 'upstream closed' })).toMatchObject({
      kind: 'unavailable',
      retryable: false,
      message: 'The service reported a failure and text that is no JSON: upstream closed',
    });
  });

  test('is flat on the Responses API', () => {
    expect(inFrame({}, { type: 'error', ...denied })).toMatchObject({
      code: 'Model.AccessDenied',
      status: 403,
    });
  });

  test.each([
    { output: { text: 'Hi' }, usage: {}, request_id: id },
    { code: '', message: '', output: { text: 'Hi' } },
    { choices: [{ delta: {} }], error: null },
    undefined,
    null,
    'text',
    [],
  ])('is not there in %j', (value) => {
    expect(inFrame({ event: 'result' }, value)).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const error = inFrame(
          { event: 'error', comments: [text], otherFields: [['status', text]], data: text },
          value,
        );
        return QwireError.is(error);
      }),
    );
  });
});

describe('a body with status 200', () => {
  test.each([
    [{ error: { code: 'x', message: 'y' } }, true],
    [{ type: 'error', code: 'x', message: 'y' }, true],
    [{ type: 'error', message: 'y' }, true],
    [{ code: 'Model.AccessDenied', message: 'y', request_id: id }, true],
    [{ code: '', message: 'y', request_id: id }, false],
    [{ code: 'AccessDenied', message: 'y', output: null, usage: null }, true],
    [{ code: '', message: '', output: { text: 'Hi' } }, false],
    [{ code: 'Success', message: '', output: { text: 'Hi' } }, false],
    [{ code: 'x', choices: [{}] }, false],
    [{ choices: [{}], error: null }, false],
    [{ output: {} }, false],
    [[], false],
    ['error', false],
    [null, false],
  ])('%j is an error: %s', (value, expected) => {
    expect(isServiceError(value)).toBe(expected);
  });
});
