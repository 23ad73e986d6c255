import type { ToolCall } from '../message.ts';
import type { Schema, StandardSchema } from '../schema.ts';
import type { Tool } from '../tool.ts';

/** What a tool is told beside its input. */
export interface ToolContext {
  /** Aborted when the run is interrupted; give it to whatever the tool waits for. */
  readonly signal: AbortSignal;
  /** The call as the model wrote it. */
  readonly call: ToolCall;
}

/** A tool that `runTools` calls itself. Write one with `defineTool`, so that its input has a type. */
export interface RunnableTool<Input = never> extends Tool {
  /**
   * Returns the answer: text is sent as it is, anything else as JSON. The message of an error that it throws is sent to
   * the model; an `AbortError` ends the run. A tool without it leaves its calls to the caller.
   */
  readonly execute?: (input: Input, context: ToolContext) => unknown;
}

/** What a Standard Schema has validated is of its type; what nothing has validated is `unknown`. */
export type InputOf<Parameters> = Parameters extends StandardSchema<infer Output> ? Output : unknown;

/**
 * The same tool, with the input of `execute` typed by `parameters`. A Standard Schema validates it too; a JSON Schema
 * is told to the model only, so its input is `unknown`.
 */
export function defineTool<Parameters extends Schema | undefined = undefined>(
  tool: RunnableTool<InputOf<Parameters>> & { readonly parameters?: Parameters },
): RunnableTool<InputOf<Parameters>> {
  return tool;
}
