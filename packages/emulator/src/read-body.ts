import type * as z from 'zod';
import { invalidParameter } from './refusal.ts';

/** A body that fits its schema, with the members that the schema does not name. */
export interface ReadBody<Body> {
  readonly body: Body;
  readonly unknownParameters: readonly string[];
}

/**
 * Reads a request's body. Members that the documentation does not name are left aside, as by the service.
 * @throws Refusal 400 with the service's words for the first mistake.
 */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): ReadBody<z.output<Schema>> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return { body: data, unknownParameters: [] };
  const issues = error.issues.flatMap(flatten);
  const unknown = issues.flatMap((issue) => (isUnknownMember(issue) ? toPaths(issue) : []));
  const mistake = issues.find((issue) => !isUnknownMember(issue));
  if (mistake !== undefined) throw toRefusal(mistake);
  if (unknown.length === 0)
    throw invalidParameter('Required body invalid, please check the request body format.');
  const known = structuredClone(value);
  for (const path of unknown) removeMember(known, path);
  return { body: schema.parse(known), unknownParameters: unknown.map((path) => path.map(String).join('.')) };
}

type UnknownMembers = z.core.$ZodIssue & { readonly code: 'unrecognized_keys' };

// With words of its own it is a mistake that the service refuses.
function isUnknownMember(issue: z.core.$ZodIssue): issue is UnknownMembers {
  return issue.code === 'unrecognized_keys' && ownWords.test(issue.message);
}

function toPaths({ path, keys }: UnknownMembers): readonly PropertyKey[][] {
  return keys.map((key) => [...path, key]);
}

// A form of a union that fits but for members it does not name is the form that was meant.
function flatten(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const forms = issue.errors.map((inner) => inner.flatMap(flatten));
  const meant = forms.find((inner) => inner.length > 0 && inner.every(isUnknownMember));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function toRefusal({ path, message, code }: z.core.$ZodIssue): Error {
  const name = path.map(String).join('.');
  // zod's own words, for what no page gives the service's.
  const words = ownWords.test(message) ? `Required parameter(${name}) missing or invalid` : message;
  const [member] = path.slice(-1);
  if (member === 'role' && code === 'invalid_value') return invalidParameter(`${message} - '${name}'`);
  return invalidParameter(words, member === 'seed' ? { compatible: 'invalid_value' } : {});
}

const ownWords = /^(Invalid input|Invalid option|Too small|Too big|Unrecognized key)/;

function removeMember(root: unknown, path: readonly PropertyKey[]): void {
  const owner = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], root);
  const [member] = path.slice(-1);
  if (member !== undefined) Reflect.deleteProperty(owner as object, member);
}
