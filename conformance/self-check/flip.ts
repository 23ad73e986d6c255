import type { Expectation, RequestCheck } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';

/** A statement that has been turned into a wrong one. */
export interface Flip<Statement> {
  /** What was changed. */
  readonly path: string;
  readonly statement: Statement;
}

/** Every expectation that differs from this one in one value. */
export function flipExpectation(expect: Expectation): Flip<Expectation>[] {
  return flipJson(expect, '').map(({ path, statement }) => ({ path, statement: statement as Expectation }));
}

/** Every request check that differs from this one in one check. */
export function flipRequest(check: RequestCheck): Flip<RequestCheck>[] {
  const { headers, body, method, url, requireHeaders } = check;
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
    ...(member === undefined
      ? []
      : [{ path: 'forbidBodyPaths', statement: { ...check, forbidBodyPaths: [member] } }]),
  ];
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
