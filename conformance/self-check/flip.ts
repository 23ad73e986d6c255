import type { Expectation, RequestCheck } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';

/** A statement that has been turned into a wrong one. */
export interface Flip<Statement> {
  /** What was changed. */
  readonly path: string;
  readonly statement: Statement;
}

/** Every expectation that differs from this one in one value, or in one count that it does not state. */
export function flipExpectation(expect: Expectation): Flip<Expectation>[] {
  return [
    ...flipJson(expect, '').map(({ path, statement }) => ({ path, statement: statement as Expectation })),
    ...forgetCounts(expect),
  ];
}

/** A count that is not stated must be absent, so that to leave one out is a wrong statement as well. */
function forgetCounts(expect: Expectation): Flip<Expectation>[] {
  const { response } = expect;
  const { usage = {} } = response ?? {};
  return Object.entries(usage)
    .filter(([, count]) => typeof count === 'number')
    .map(([name]) => ({
      path: `response.usage.${name}, left out`,
      statement: { ...expect, response: { ...response, usage: { ...usage, [name]: undefined } } },
    }));
}

/** Every request check that differs from this one in one check. */
export function flipRequest(check: RequestCheck): Flip<RequestCheck>[] {
  const { headers, body, bodyMatch, method, url, requireHeaders } = check;
  const flips: Flip<RequestCheck>[] = [
    { path: 'method', statement: { ...check, method: method === 'POST' ? 'GET' : 'POST' } },
    { path: 'url', statement: { ...check, url: `${url}-flipped` } },
    { path: 'requireHeaders', statement: { ...check, requireHeaders: [...requireHeaders, 'x-flipped'] } },
    { path: 'forbidHeaders', statement: { ...check, forbidHeaders: ['authorization'] } },
    ...flipJson(headers, 'headers').map(({ path, statement }) => ({
      path,
      statement: { ...check, headers: statement as RequestCheck['headers'] },
    })),
  ];
  if (body === undefined) return flips;
  const member = isRecord(body) ? Object.keys(body)[0] : undefined;
  return [
    ...flips,
    ...flipJson(body, 'body').map(({ path, statement }) => ({
      path,
      statement: { ...check, body: statement as NonNullable<RequestCheck['body']> },
    })),
    ...(isRecord(body) && bodyMatch === 'exact' ? leaveOut(check, body) : []),
    ...(member === undefined
      ? []
      : [{ path: 'forbidBodyPaths', statement: { ...check, forbidBodyPaths: [member] } }]),
  ];
}

/** A body that is compared in full has no member that is not stated. */
function leaveOut(check: RequestCheck, body: Readonly<Record<string, unknown>>): Flip<RequestCheck>[] {
  return Object.keys(body).map((name) => {
    const { [name]: _, ...rest } = body;
    return {
      path: `body.${name}, left out`,
      statement: { ...check, body: rest as NonNullable<RequestCheck['body']> },
    };
  });
}

/** The same JSON with one leaf changed, once for each leaf; and each list with one item more. */
function flipJson(value: unknown, path: string): Flip<unknown>[] {
  if (Array.isArray(value)) {
    const surplus = {
      path: `${path}[+]`,
      statement: [...value, value[0] ?? { type: 'finish', name: 'x', url: 'x' }],
    };
    return [
      surplus,
      ...value.flatMap((item, index) => replaceIn(value, index, flipJson(item, `${path}[${index}]`))),
    ];
  }
  if (isRecord(value)) {
    if ('present' in value) return [{ path, statement: null }];
    if ('lacks' in value) return [{ path, statement: { contains: value.lacks } }];
    if (Object.keys(value).length === 0) return [{ path: `${path}.+`, statement: { flipped: 1 } }];
    return Object.entries(value).flatMap(([key, member]) =>
      flipJson(member, path === '' ? key : `${path}.${key}`).map((flip) => ({
        path: flip.path,
        statement: { ...value, [key]: flip.statement },
      })),
    );
  }
  return [{ path, statement: flipLeaf(value) }];
}

function replaceIn(
  list: readonly unknown[],
  index: number,
  flips: readonly Flip<unknown>[],
): Flip<unknown>[] {
  return flips.map(({ path, statement }) => ({ path, statement: list.with(index, statement) }));
}

function flipLeaf(value: unknown): unknown {
  if (typeof value === 'string') return `${value}-flipped`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return 'flipped';
}
