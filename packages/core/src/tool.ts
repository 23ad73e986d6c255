import type { Schema } from './schema.ts';

/** A function that the model may ask to have called. */
export interface Tool {
  /** At most 64 letters, digits, `_` and `-`; the service refuses the name `search`. */
  readonly name: string;
  readonly description?: string;
  /** What the arguments look like: a JSON Schema or a Standard Schema. None means no arguments. */
  readonly parameters?: Schema;
}

/** Whether the model may call tools, or must call the named one. The service has no "must call some tool". */
export type ToolChoice = 'auto' | 'none' | { readonly name: string };
