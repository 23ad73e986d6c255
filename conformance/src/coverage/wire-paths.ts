import { equalJson } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';

/**
 * A place in JSON as the coverage lists write it: `tools[].function.name`, where `[]` is every item of a list;
 * `stream=true` is that place with that value, and `schema.**` also everything below.
 */
export interface WirePath {
  readonly segments: readonly string[];
  /** Only this value counts. */
  readonly only?: { readonly value: unknown };
}

/** @throws SyntaxError when what stands behind `=` is no JSON. */
export function parsePath(text: string): WirePath {
  const [, place = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const segments = [...place.replace(/\.\*\*$/, '').matchAll(/\[\]|[^.[\]]+/g)].map(([segment]) => segment);
  return value === undefined ? { segments } : { segments, only: { value: JSON.parse(value) as unknown } };
}

/** Whether the place exists, with the value if one is asked for. */
export function hasPath(json: unknown, path: WirePath): boolean {
  let found = false;
  editAt(json, path, (value) => {
    found = true;
    return value;
  });
  return found;
}

/** A copy in which every value at the place is replaced; `undefined` removes it. */
export function editAt(json: unknown, path: WirePath, edit: (value: unknown) => unknown): unknown {
  const [segment, ...rest] = path.segments;
  if (segment === undefined) return path.only && !equal(path.only.value, json) ? json : edit(json);
  const below = { ...path, segments: rest };
  if (segment === '[]') {
    if (!Array.isArray(json)) return json;
    return json.map((item: unknown) => editAt(item, below, edit)).filter((item) => item !== undefined);
  }
  if (!isRecord(json) || !Object.hasOwn(json, segment)) return json;
  return { ...json, [segment]: editAt(json[segment], below, edit) };
}

/** Unlike in a comparison of outcomes, null is not the same as a missing value. */
function equal(expected: unknown, actual: unknown): boolean {
  return actual !== undefined && (expected === null) === (actual === null) && equalJson(expected, actual);
}

/** The places of all values that hold no other: `messages[].content`, `stop[]`. */
export function leafPlaces(json: unknown, place = ''): string[] {
  if (Array.isArray(json) && json.length > 0) {
    return [...new Set(json.flatMap((item: unknown) => leafPlaces(item, `${place}[]`)))];
  }
  if (isRecord(json) && Object.keys(json).length > 0) {
    return Object.entries(json).flatMap(([key, value]) =>
      leafPlaces(value, place === '' ? key : `${place}.${key}`),
    );
  }
  return [place];
}

/** Whether a listed path speaks of this place. */
export function speaksOf(listed: string, place: string): boolean {
  const [named = ''] = listed.split('=');
  if (!named.endsWith('.**')) return named === place;
  const above = named.slice(0, -'.**'.length);
  return place === above || place.startsWith(`${above}.`) || place.startsWith(`${above}[]`);
}
