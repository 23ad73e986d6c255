import * as z from 'zod';
import { isRecord } from './is-record.ts';

/** Tells which member names a schema knows at a place, in every form that a value may have there. */
export function schemaKeys(schema: z.ZodType): (path: readonly PropertyKey[]) => string[] {
  let root: unknown;
  return (path) => {
    root ??= z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    const forms = path.reduce<unknown[]>((nodes, key) => nodes.flatMap((node) => step(node, key)), [root]);
    return [
      ...new Set(forms.flatMap(alternatives).flatMap(({ properties }) => Object.keys(asRecord(properties)))),
    ];
  };
}

function step(node: unknown, key: PropertyKey): unknown[] {
  return alternatives(node).flatMap(({ properties, items, additionalProperties }) => {
    if (typeof key === 'number') return [items];
    const known = asRecord(properties);
    return Object.hasOwn(known, key) ? [known[String(key)]] : [additionalProperties];
  });
}

/** The forms that a node may have; a single one when it has no choice. */
function alternatives(node: unknown): Record<string, unknown>[] {
  if (!isRecord(node)) return [];
  const choices = [node.anyOf, node.oneOf, node.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [node, ...choices.flatMap(alternatives)];
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
