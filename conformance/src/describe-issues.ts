import type * as z from 'zod';
import { fieldPath } from './field-path.ts';
import { isRecord } from './is-record.ts';
import { listNames, suggest } from './name-closest.ts';

type Issue = z.core.$ZodIssue;

type Path = readonly PropertyKey[];

interface IssueContext {
  /** What was checked; each mistake then says what stands there. */
  readonly input?: unknown;
  /** Names that an object at this place may have, so that an unknown one can be told from what was meant. */
  readonly knownKeys?: (path: Path) => readonly string[];
}

/** One line for each mistake: the field's path, then what is wrong with it. */
export function describeIssues(
  issues: readonly Issue[],
  context: IssueContext = {},
  prefix: Path = [],
): string[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const known = context.knownKeys?.(path) ?? [];
      return issue.keys.map((key) => `${fieldPath([...path, key])}: is not known here${suggest(key, known)}`);
    }
    const branch = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined;
    if (branch) return describeIssues(branch, context, path);
    return [`${fieldPath(path)}: ${describe(issue, path, context)}`];
  });
}

function describe(issue: Issue, path: Path, context: IssueContext): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (!('input' in context)) return issue.message;
  const value = valueAt(context.input, path);
  if (issue.code === 'invalid_type') {
    const wanted = typeNames[issue.expected] ?? issue.expected;
    return value === undefined ? `is missing: ${wanted}` : `is ${describeType(value)}, but must be ${wanted}`;
  }
  const options = optionsOf(issue);
  if (options) {
    if (value === undefined) return `is missing: use ${listNames(options)}`;
    const meant = typeof value === 'string' ? suggest(value, options.map(String)) : '';
    return `is ${shorten(value)}${meant || `; use ${listNames(options)}`}`;
  }
  if (issue.code === 'invalid_format' && issue.format in formats) {
    return `is ${shorten(value)}, but must be ${formats[issue.format]}`;
  }
  if (issue.code === 'too_big' && typeof value === 'string') {
    return `has ${value.length} characters; at most ${issue.maximum} are allowed`;
  }
  if (issue.code === 'too_small' && Array.isArray(value))
    return `holds ${value.length}; give at least ${issue.minimum}`;
  return issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formats: Readonly<Record<string, string>> = {
  url: 'a full address such as "https://dashscope-intl.aliyuncs.com/…"',
  date: 'a date such as "2026-11-22"',
};

/** The values that would have been right, where they are few and fixed. */
function optionsOf(issue: Issue): readonly unknown[] | undefined {
  if (issue.code === 'invalid_value') return issue.values;
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options;
  return undefined;
}

function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return shorten(value);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isRecord(value) && Object.hasOwn(value, key) ? value[String(key)] : undefined;
  }, input);
}

/** Of the forms that a value could have had, the one that it nearly has: its mistakes lie deepest. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ranked = branches
    .filter((branch) => branch.length > 0)
    .map((branch) => ({ branch, depth: Math.max(...branch.map(({ path }) => path.length)) }))
    .sort((a, b) => b.depth - a.depth || a.branch.length - b.branch.length);
  return ranked[0]?.branch;
}
