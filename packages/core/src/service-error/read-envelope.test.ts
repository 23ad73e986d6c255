import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvelope, readErrorFrame } from './read-envelope.ts';

const id = '7b0f8a52-93d4-4c1e-a6f1-2f5f0c9d1e77';
const fault = { message: 'Input data may contain inappropriate content.', code: 'data_inspection_failed' };
const said = { code: fault.code, message: fault.message };

function frame(given: Partial<Parameters<typeof readErrorFrame>[0]>) {
  return { data: '', event: '', id: '', comments: [], otherFields: [], ...given };
}

describe('the compatible wire', () => {
  test('reads the documented envelope', () => {
    const body = { error: { ...fault, type: fault.code, param: null }, request_id: id };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      ...said,
      type: fault.code,
      requestId: id,
      param: undefined,
      status: undefined,
    });
  });

  test('prefers the request id to the chat id', () => {
    const body = { error: { ...fault, id: 'other' }, id: 'chatcmpl-other', request_id: id };

    expect(readEnvelope(JSON.stringify(body)).requestId).toBe(id);
  });

  test('takes the request id out of the chat id', () => {
    expect(readEnvelope(JSON.stringify({ error: fault, id: `chatcmpl-${id}` })).requestId).toBe(id);
  });

  test('takes an id without prefix', () => {
    expect(readEnvelope(JSON.stringify({ error: fault, id })).requestId).toBe(id);
  });

  test('takes the id inside the error', () => {
    expect(readEnvelope(JSON.stringify({ error: { ...fault, id } }))).toMatchObject({
      ...said,
      requestId: id,
    });
  });

  test.each(['None', null, ''])('takes the param %j for none', (param) => {
    expect(readEnvelope(JSON.stringify({ error: { ...fault, param } })).param).toBeUndefined();
  });

  test('keeps the param that the service names', () => {
    expect(readEnvelope(JSON.stringify({ error: { ...fault, param: 'purpose' } })).param).toBe('purpose');
  });

  test('reads a code that is null as none, and the type beside it', () => {
    const body = { error: { message: 'x', type: 'invalid_request_error', code: null } };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      code: undefined,
      type: 'invalid_request_error',
    });
  });

  test('reads the wrapper with a type beside the error', () => {
    const body = { type: 'error', error: fault, request_id: 'req_0123' };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      ...said,
      type: undefined,
      requestId: 'req_0123',
    });
  });

  test('reads an error that is only text', () => {
    expect(readEnvelope('{"error":"Not enabled here"}').message).toBe('Not enabled here');
  });
});

describe('the native wire', () => {
  test.each([
    { code: 'Model.AccessDenied', message: 'Model access denied.', request_id: id },
    { request_id: id, code: 'Model.AccessDenied', msg: 'Model access denied.' },
    { requestId: id, code: 'Model.AccessDenied', message: 'Model access denied.' },
    { requestId: id, error: { code: 'Model.AccessDenied', message: 'Model access denied.' } },
    {
      request_id: id,
      output: { task_status: 'FAILED', code: 'Model.AccessDenied', message: 'Model access denied.' },
    },
  ])('reads %j', (body) => {
    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      code: 'Model.AccessDenied',
      message: 'Model access denied.',
      requestId: id,
    });
  });

  test('reads the status in a body that an SDK wrote', () => {
    const body = { status_code: 403, code: 'AccessDenied.Unpurchased', message: 'x', output: null };

    expect(readEnvelope(JSON.stringify(body)).status).toBe(403);
  });

  test('keeps a code that is a number', () => {
    expect(readEnvelope('{"code":100004,"message":"x"}').code).toBe('100004');
  });
});

describe('the message', () => {
  test('loses the link to the documentation and keeps its anchor', () => {
    const message =
      'Incorrect API key provided. For details, see: https://help.aliyun.com/zh/model-studio/error-code#apikey-error';

    expect(readEnvelope(JSON.stringify({ error: { message } }))).toMatchObject({
      message: 'Incorrect API key provided.',
      anchor: 'apikey-error',
    });
  });

  test('loses a link without anchor', () => {
    const body = { code: 'X', message: 'No. For details, see: https://help.aliyun.com/error-code ' };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({ message: 'No.', anchor: undefined });
  });

  test('loses the class of the model layer, which is kept apart', () => {
    const body = {
      code: 'X',
      message: '<400> InternalError.Algo.InvalidParameter: Range of n should be [1, 4]',
    };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      message: 'Range of n should be [1, 4]',
      innerStatus: '400',
      innerClass: 'InternalError.Algo.InvalidParameter',
    });
  });

  test('keeps an inner number that is no status', () => {
    const body = {
      code: 'X',
      message: '<5000202> InternalError.Algo.ModelServingError.X: An error occurred\nhere',
    };

    expect(readEnvelope(JSON.stringify(body))).toMatchObject({
      message: 'An error occurred here',
      innerStatus: '5000202',
    });
  });

  test('is cut when no person would read it', () => {
    expect(readEnvelope(JSON.stringify({ code: 'X', message: 'no '.repeat(9999) })).message).toHaveLength(
      2001,
    );
  });
});

describe('a stream in place of a body', () => {
  test('reads the first data line', () => {
    const text = `data: ${JSON.stringify({ error: fault, id: `chatcmpl-${id}` })}\n\ndata: [DONE]\n\n`;

    expect(readEnvelope(text)).toMatchObject({ ...said, requestId: id, status: undefined });
  });

  test('reads the status in the native comment', () => {
    const text = `id:1\nevent:error\n:HTTP_STATUS/403\ndata:{"code":"X.Denied","message":"No.","request_id":"${id}"}\n\n`;

    expect(readEnvelope(text)).toMatchObject({ code: 'X.Denied', status: 403, requestId: id });
  });

  test('reads the status line of other deployments', () => {
    const text = 'event: error\nstatus: 429\ndata: {"code":"Throttling","message":"Slow down."}';

    expect(readEnvelope(text)).toMatchObject({ code: 'Throttling', status: 429 });
  });

  test('finds the error behind frames that hold none', () => {
    const text =
      'data: {"choices":[],"id":"chatcmpl-1"}\n\ndata: {"error":{"code":"internal_error","message":"x"}}\n\n';

    expect(readEnvelope(text).code).toBe('internal_error');
  });

  test('reads a frame whose data is text', () => {
    expect(readErrorFrame(frame({ event: 'error', data: 'upstream closed' }))).toMatchObject({
      message: 'upstream closed',
      instead: 'text that is no JSON',
    });
  });

  test('reads the status in the data when the frame names none', () => {
    expect(readErrorFrame(frame({ data: '{"status_code":403,"code":"X","message":"x"}' })).status).toBe(403);
  });

  test('takes no success for the status of a failure', () => {
    const given = frame({
      event: 'error',
      comments: ['HTTP_STATUS/200'],
      data: '{"code":"X","message":"x"}',
    });

    expect(readErrorFrame(given).status).toBeUndefined();
  });
});

describe('what is no envelope', () => {
  test('names an empty body', () => {
    expect(readEnvelope(' \n')).toEqual({ instead: 'an empty body' });
  });

  test('takes the title of a page', () => {
    const page =
      '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>';

    expect(readEnvelope(page)).toEqual({ message: '502 Bad Gateway', instead: 'a page that is no JSON' });
  });

  test('takes the words of a page without title', () => {
    const page = '<Error><Code>AccessDenied</Code>\n<Message>Policy expired.</Message></Error>';

    expect(readEnvelope(page).message).toBe('AccessDenied Policy expired.');
  });

  test('takes the beginning of a long text', () => {
    const { message = '' } = readEnvelope(`upstream connect error ${'x'.repeat(5000)}`);

    expect(message).toHaveLength(201);
    expect(message).toMatch(/^upstream connect error x+…$/);
  });

  test('reads text as the service words it', () => {
    expect(readEnvelope('400 model `qwen3-max` is not supported.').message).toBe(
      '400 model `qwen3-max` is not supported.',
    );
  });

  test('repeats nothing of JSON that it does not know', () => {
    const envelope = readEnvelope('{"detail":[{"input":"my secret prompt"}]}');

    expect(envelope.instead).toBe('JSON without code and message');
    expect(JSON.stringify(envelope)).not.toContain('secret');
  });

  test('never throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .array(
          fc.constantFrom(
            'data:',
            'event:error\n',
            ':HTTP_STATUS/4',
            '{"error":',
            '<400> ',
            '{',
            '}',
            '\n',
            '"',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(fc.property(texts, (text) => typeof readEnvelope(text) === 'object'));
    const values = fc.anything({ withNullPrototype: true, withBigInt: true });
    const bodies = fc.record({
      error: values,
      code: values,
      message: values,
      id: values,
      status_code: values,
    });
    fc.assert(fc.property(fc.oneof(values, bodies), (value) => typeof readEnvelope('', value) === 'object'));
  });

  test('reads a huge hostile text in bounded work', () => {
    for (const text of ['data:x\n:\n', '<title', 'For details, see: ', '<400> ', '[', 'data:[\n:\n', ' \t']) {
      expect(readEnvelope(text.repeat(100_000))).toBeTypeOf('object');
      expect(readEnvelope(JSON.stringify({ code: 'X', message: text.repeat(100_000) }))).toBeTypeOf('object');
    }
  });
});
