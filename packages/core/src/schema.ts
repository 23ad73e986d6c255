import type { JsonObject } from './json.ts';

type ValidationResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/**
 * A schema of any library that follows Standard Schema and can print itself as JSON Schema (zod 4.2 and later,
 * for example). Only the members that Qwire reads are named here.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => ValidationResult<Output> | Promise<ValidationResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: 'draft-07' }) => Record<string, unknown>;
    };
  };
}

export type Schema = JsonObject | StandardSchema;

export function isStandardSchema(schema: object): schema is StandardSchema {
  return '~standard' in schema;
}

/** JSON Schema of either form; `undefined` when a Standard Schema cannot print itself as one. */
export function toJsonSchema(schema: Schema): JsonObject | undefined {
  if (!isStandardSchema(schema)) return schema;
  const printed = schema['~standard'].jsonSchema?.input({ target: 'draft-07' });
  if (!printed) return undefined;
  // The service knows one dialect, and each word of a schema costs tokens.
  const { $schema: _, ...rest } = printed;
  return rest as JsonObject;
}
