import * as z from 'zod';
import {
  configSchema,
  type EmulatorConfig,
  type ReplyRule,
  type ResolvedConfig,
  replySchema,
} from './config.ts';
import { type ConfigIssue, EmulatorConfigError } from './config-error.ts';
import { findConfigMistakes, findReplyMistakes } from './config-mistakes.ts';
import { suggest } from './suggest.ts';

export interface ReadConfigOptions {
  /** Named in errors; `configuration` unless given. */
  readonly file?: string;
}

/**
 * The configuration with its defaults, from JSON text.
 * @throws EmulatorConfigError that lists every mistake with its place and its fix.
 */
export function parseConfig(text: string, options: ReadConfigOptions = {}): ResolvedConfig {
  let value: unknown;
  try {
    // Some editors write a byte-order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new EmulatorConfigError(options.file, [{ path: '', message: `is not JSON: ${message}` }]);
  }
  return readConfig(value as EmulatorConfig, options);
}

/**
 * The configuration with its defaults.
 * @throws EmulatorConfigError that lists every mistake with its place and its fix.
 */
export function readConfig(value: EmulatorConfig, { file }: ReadConfigOptions = {}): ResolvedConfig {
  const { data, error } = configSchema.safeParse(value);
  if (error)
    throw new EmulatorConfigError(
      file,
      error.issues.flatMap((issue) => toIssues(issue, configSchema, value)),
    );
  const mistakes = findConfigMistakes(data);
  if (mistakes.length > 0) throw new EmulatorConfigError(file, mistakes);
  return data;
}

/**
 * Rules that are added later, checked against the configuration that they join.
 * @throws EmulatorConfigError
 */
export function readReplies(rules: readonly ReplyRule[], config: ResolvedConfig): ResolvedConfig['replies'] {
  const schema = z.strictObject({ replies: z.array(replySchema) });
  const value = { replies: rules };
  const { data, error } = schema.safeParse(value);
  if (error) {
    throw new EmulatorConfigError(
      'use()',
      error.issues.flatMap((issue) => toIssues(issue, schema, value)),
    );
  }
  const mistakes = findReplyMistakes(data.replies, config);
  if (mistakes.length > 0) throw new EmulatorConfigError('use()', mistakes);
  return data.replies;
}

function toIssues(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): ConfigIssue[] {
  const path = writePath(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => ({
        path: writePath([...issue.path, key]),
        message: `unknown field; ${suggest(key, known)}`,
      }));
    }
    case 'invalid_value': {
      const given = valueAt(root, issue.path);
      if (given === undefined) return [{ path, message: `is missing; one of: ${issue.values.join(', ')}` }];
      return [
        {
          path,
          message: `${quote(given)} is not known; ${suggest(String(given), issue.values.map(String))}`,
        },
      ];
    }
    case 'invalid_type': {
      const given = valueAt(root, issue.path);
      if (given === undefined) return [{ path, message: `is missing; expected ${article(issue.expected)}` }];
      return [{ path, message: `expected ${article(issue.expected)}, not ${quote(given)}` }];
    }
    case 'invalid_union': {
      const branch = issue.errors.find((issues) => isMeant(issues, valueAt(root, issue.path)));
      if (branch === undefined) return [{ path, message: issue.message }];
      return branch.flatMap((inner) =>
        toIssues({ ...inner, path: [...issue.path, ...inner.path] }, schema, root),
      );
    }
    default:
      return [{ path, message: lowerFirst(issue.message) }];
  }
}

// The form of a union whose kind of value was given: a name out of several, or an object or list with mistakes inside.
function isMeant(issues: readonly z.core.$ZodIssue[], given: unknown): boolean {
  return issues.every(
    (issue) =>
      issue.path.length > 0 ||
      issue.code === 'unrecognized_keys' ||
      (issue.code === 'invalid_value' && issue.values.length > 1 && typeof given === 'string'),
  );
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchemaNode | undefined;
  for (const key of path) {
    const branches: JsonSchemaNode[] = node?.anyOf ?? (node === undefined ? [] : [node]);
    node = branches
      .map((branch) => (typeof key === 'number' ? branch.items : branch.properties?.[String(key)]))
      .find((found) => found !== undefined);
  }
  const branches = node?.anyOf ?? (node === undefined ? [] : [node]);
  return branches.flatMap(({ properties = {} }) => Object.keys(properties));
}

interface JsonSchemaNode {
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: JsonSchemaNode[];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

function writePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function article(expected: string): string {
  if (expected === 'array') return 'a list';
  if (expected === 'int') return 'a whole number';
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
