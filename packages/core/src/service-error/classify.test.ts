import { describe, expect, test } from 'vitest';
import { errorKinds } from '../error-kind.ts';
import { classify } from './classify.ts';
import { documentedErrors } from './documented-errors.fixture.ts';
import { errorTable, standIns } from './error-table.ts';

const cases = documentedErrors.flatMap(({ codes, ...rest }) => codes.map((code) => ({ code, ...rest })));

describe('what the service documents', () => {
  test.each(cases)('$topic: $code "$message" is $kind, retryable $retryable', (documented) => {
    const { row } = classify({ code: documented.code, message: documented.message }, documented.status);

    expect({ kind: row.kind, retryable: row.retryable ?? false }).toEqual({
      kind: documented.kind,
      retryable: documented.retryable,
    });
  });

  test('reaches every row of the table', () => {
    const reached = new Set(
      cases.map(({ code, message, status }) => classify({ code, message }, status).row),
    );

    expect(errorTable().filter((row) => !reached.has(row))).toEqual([]);
  });

  test('reaches every code of the table', () => {
    const spelled = (code: string) => code.toLowerCase().replace(/[^a-z\d*]/g, '');
    const seen = cases.map(({ code }) => spelled(code ?? ''));
    const unseen = errorTable()
      .flatMap(({ codes = [] }) => codes.map(spelled))
      .filter((code) =>
        code.endsWith('*') ? !seen.some((one) => one.startsWith(code.slice(0, -1))) : !seen.includes(code),
      );

    expect(unseen).toEqual([]);
  });
});

describe('the table', () => {
  test('holds no code twice, and a shorter beginning only after a longer one', () => {
    const spelled = errorTable()
      .flatMap(({ codes = [] }) => codes)
      .map((code) => code.toLowerCase().replace(/[^a-z\d*]/g, ''));
    const hidden = spelled.filter((code, index) =>
      spelled
        .slice(0, index)
        .some(
          (one) =>
            one === code || (one.endsWith('*') && code.endsWith('*') && code.startsWith(one.slice(0, -1))),
        ),
    );

    expect(hidden).toEqual([]);
  });

  test('gives every row a hint of at most two short sentences and a known kind', () => {
    for (const { hint = '', kind } of errorTable()) {
      expect(hint).toMatch(/^[A-Zq].{8,200}\.$/);
      expect(hint.match(/\.( |$)/g)?.length).toBeLessThanOrEqual(2);
      expect(errorKinds).toContain(kind);
    }
  });

  test('uses a captured group only where a pattern alone leads to the row', () => {
    const rows = errorTable().filter(({ hint }) => hint?.includes('$'));

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ codes }) => codes)).toEqual([]);
  });

  test('has a row for every code that stands in for another', () => {
    const codes = errorTable().flatMap((row) => row.codes ?? []);

    expect([...standIns.values()].filter((code) => !codes.includes(code))).toEqual([]);
  });
});

describe('a failure that the table does not hold', () => {
  test.each([
    [400, 'invalid-request', false],
    [401, 'authentication', false],
    [402, 'invalid-request', false],
    [403, 'permission-denied', false],
    [404, 'invalid-request', false],
    [408, 'unavailable', true],
    [409, 'invalid-request', false],
    [413, 'invalid-request', false],
    [422, 'invalid-request', false],
    [429, 'rate-limited', true],
    [430, 'invalid-request', false],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [529, 'unavailable', true],
    [undefined, 'unavailable', false],
  ])('with status %s is %s', (status, kind, retryable) => {
    const { row } = classify({ code: 'SomethingNew', message: 'It is new.' }, status);

    expect([row.kind, row.retryable ?? false]).toEqual([kind, retryable]);
  });

  test.each([
    ['apikey-error', 'authentication', false],
    ['overdue-payment', 'billing', false],
    ['rate-limit', 'rate-limited', true],
    ['token-limit', 'rate-limited', true],
    ['inappropriate-content', 'content-filtered', false],
    ['constructor', 'invalid-request', false],
  ])('takes the meaning of the anchor %s before that of the status', (anchor, kind, retryable) => {
    const { row } = classify({ code: 'SomethingNew', anchor }, 400);

    expect([row.kind, row.retryable ?? false]).toEqual([kind, retryable]);
  });

  test('is told by the status when its type is the one that every request error has', () => {
    const envelope = { type: 'invalid_request_error', message: 'It is new.' };

    expect(classify(envelope, 401).row.kind).toBe('authentication');
    expect(classify(envelope, undefined).row.kind).toBe('invalid-request');
  });

  test('implies no status', () => {
    expect(classify({ code: 'SomethingNew' }, 400).impliedStatus).toBeUndefined();
  });
});

describe('the model layer inside the message', () => {
  test.each([
    ['400', 'InternalError.Algo.InvalidParameter', 'invalid-request', false],
    ['400', 'InternalError.Algo.DataInspectionFailed', 'content-filtered', false],
    ['400', 'InternalError.Algo', 'invalid-request', false],
    ['429', 'InternalError.Algo', 'rate-limited', true],
    ['500', 'InternalError.Algo', 'unavailable', true],
    ['5000202', 'InternalError.Algo.ModelServingError.ModelServingUnknownError', 'rate-limited', true],
  ])('<%s> %s wins over the outer code', (innerStatus, innerClass, kind, retryable) => {
    const { row } = classify({ code: 'SomethingOuter', innerStatus, innerClass, message: 'It is new.' }, 418);

    expect([row.kind, row.retryable ?? false]).toEqual([kind, retryable]);
  });
});

test('the model layer inside the message wins over an outer code that decides', () => {
  const envelope = { code: 'SystemError', innerClass: 'InternalError.Algo.DataInspectionFailed' };

  expect(classify(envelope, 500).row.kind).toBe('content-filtered');
});

test('a code implies its one status even when the message decides', () => {
  const { row, impliedStatus } = classify(
    { code: 'InvalidParameter', message: 'Model not exist.' },
    undefined,
  );

  expect(row.kind).toBe('model-not-found');
  expect(impliedStatus).toBe(400);
});

test('a code that comes with several statuses implies none', () => {
  expect(classify({ code: 'Throttling.AllocationQuota' }, undefined).impliedStatus).toBeUndefined();
});
