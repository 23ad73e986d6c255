import type { SeenRequest } from './case-run.ts';
import type { RequestCheck } from './case-schema.ts';
import { type Difference, equalJson } from './compare-outcome.ts';
import { isRecord } from './is-record.ts';

interface RequestContext {
  /** Such as `requests[0]`. */
  readonly path: string;
  /** Path before the case's own, on a carrier that does not answer at the documented address. */
  readonly prefix: string | undefined;
  readonly apiKey: string | undefined;
}

/** Where a request is not as the case states, or not as every request has to be. */
export function checkRequest(check: RequestCheck, seen: SeenRequest, context: RequestContext): Difference[] {
  const { path, apiKey } = context;
  const { body: text, headers, method } = seen;
  const body = parseJson(text);
  return [
    ...differ(`${path}.method`, check.method, method),
    ...checkAddress(check.url, seen.url, context),
    ...checkHeaders(check, headers, `${path}.headers`),
    ...(check.headers.authorization === undefined && apiKey !== undefined
      ? differ(`${path}.headers.authorization`, `Bearer ${apiKey}`, headers.authorization)
      : []),
    ...(text !== '' && !/^application\/json\b/.test(headers['content-type'] ?? '')
      ? [
          {
            path: `${path}.headers.content-type`,
            expected: 'application/json',
            actual: headers['content-type'],
          },
        ]
      : []),
    ...checkBody(check, body === undefined ? text : body, `${path}.body`),
    ...checkSecret(seen, context),
  ];
}

function checkAddress(documented: string, actual: string, { path, prefix }: RequestContext): Difference[] {
  const expected = new URL(documented);
  const seen = new URL(actual);
  if (prefix === undefined) return differ(`${path}.url`, expected.href, seen.href);
  return differ(
    `${path}.url`,
    `${prefix}${expected.pathname}${expected.search}`,
    `${seen.pathname}${seen.search}`,
  );
}

function checkHeaders(check: RequestCheck, headers: SeenRequest['headers'], path: string): Difference[] {
  return [
    ...Object.entries(check.headers).flatMap(([name, value]) =>
      differ(`${path}.${name}`, value, headers[name]),
    ),
    ...check.requireHeaders
      .filter((name) => headers[name] === undefined)
      .map((name) => ({ path: `${path}.${name}`, expected: 'any value', actual: undefined })),
    ...check.forbidHeaders
      .filter((name) => headers[name] !== undefined)
      .map((name) => ({ path: `${path}.${name}`, expected: undefined, actual: headers[name] })),
  ];
}

function checkBody(
  { body: expected, bodyMatch, forbidBodyPaths }: RequestCheck,
  body: unknown,
  path: string,
) {
  const differences: Difference[] =
    expected === undefined ? [] : compareBody(path, expected, body, bodyMatch);
  for (const forbidden of forbidBodyPaths) {
    const value = valueAt(body, forbidden);
    if (value !== undefined)
      differences.push({ path: `${path}.${forbidden}`, expected: undefined, actual: value });
  }
  return differences;
}

/** Compares member by member, so that a difference names the member. */
function compareBody(
  path: string,
  expected: unknown,
  actual: unknown,
  match: RequestCheck['bodyMatch'],
): Difference[] {
  if (isRecord(expected) && isRecord(actual)) {
    const surplus =
      match === 'exact' ? Object.keys(actual).filter((key) => !Object.hasOwn(expected, key)) : [];
    return [
      ...Object.entries(expected).flatMap(([key, value]) =>
        Object.hasOwn(actual, key)
          ? compareBody(`${path}.${key}`, value, actual[key], match)
          : [{ path: `${path}.${key}`, expected: value, actual: undefined }],
      ),
      ...surplus.map((key) => ({ path: `${path}.${key}`, expected: undefined, actual: actual[key] })),
    ];
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => compareBody(`${path}[${index}]`, item, actual[index], match));
  }
  return equalJson(expected, actual) ? [] : [{ path, expected, actual }];
}

/** The key belongs into its header and nowhere else. */
function checkSecret({ url, headers, body }: SeenRequest, { path, apiKey }: RequestContext): Difference[] {
  if (!apiKey) return [];
  const { authorization: _, ...others } = headers;
  const places = { url, body, headers: JSON.stringify(others) };
  return Object.entries(places)
    .filter(([, text]) => text.includes(apiKey))
    .map(([place]) => ({ path: `${path}.${place}`, expected: 'no API key', actual: 'the API key' }));
}

/** Such as `messages[1].content`. */
function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const [segment] of path.matchAll(/[^.[\]]+/g)) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isRecord(value)) value = value[segment];
    else return undefined;
  }
  return value;
}

function differ(path: string, expected: unknown, actual: unknown): Difference[] {
  return expected === actual ? [] : [{ path, expected, actual }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
