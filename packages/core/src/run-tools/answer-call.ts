import { abortedError } from '../client/watch.ts';
import { isRecord } from '../json.ts';
import type { ToolCall } from '../message.ts';
import { QwireError } from '../qwire-error.ts';
import { isStandardSchema } from '../schema.ts';
import type { RunnableTool } from './runnable-tool.ts';
import { toToolContent } from './tool-content.ts';
import type { ToolResult } from './tool-run.ts';

/** What is needed to answer calls. */
export interface Answering {
  readonly tools: readonly RunnableTool[];
  readonly signal: AbortSignal;
}

/** A call with its position among those of its reply. */
export interface IndexedCall {
  readonly index: number;
  readonly call: ToolCall;
}

/**
 * Executes one call. What went wrong in it is told to the model, which may mend it.
 *
 * @throws QwireError of kind `aborted` when the run was interrupted or `execute` threw an `AbortError`, and of kind
 * `invalid-request` when `execute` returned what cannot be sent.
 */
export async function answerCall(
  { index, call }: IndexedCall,
  { tools, signal }: Answering,
): Promise<ToolResult> {
  const position = tools.findIndex(({ name }) => name === call.name);
  const answered = await attempt(() => execute(call, tools[position]));
  if (answered.error) return { index, call, content: `Error: ${answered.error.message}`, ...answered };
  return { index, call, content: toToolContent(answered.output, `tools[${position}].execute`), ...answered };

  async function execute(call: ToolCall, tool: RunnableTool | undefined): Promise<unknown> {
    if (!tool?.execute) throw refused(`there is no such tool; there are ${namesOf(tools)}`, call);
    const input = await readInput(call, tool);
    // Validation may take its time, and nothing starts once the run was interrupted.
    if (signal.aborted) throw abortedError(signal.reason);
    // Of the type that the tool's own schema has given.
    return tool.execute(input as never, { signal, call });
  }
}

async function attempt(work: () => Promise<unknown>): Promise<Pick<ToolResult, 'output' | 'error'>> {
  try {
    return { output: await work() };
  } catch (cause) {
    if (QwireError.is(cause) && cause.kind === 'aborted') throw cause;
    // By name, for it may come from another realm.
    if (isRecord(cause) && cause.name === 'AbortError') throw abortedError(cause);
    return { error: cause instanceof Error ? cause : new Error(String(cause), { cause }) };
  }
}

/** The arguments as `execute` takes them; no text at all means no arguments. */
async function readInput(call: ToolCall, { parameters }: RunnableTool): Promise<unknown> {
  const value = call.arguments.trim() === '' ? {} : call.input;
  if (value === undefined) throw refused('the arguments are not valid JSON', call);
  if (!parameters || !isStandardSchema(parameters)) return value;
  const result = await parameters['~standard'].validate(value);
  if (!result.issues) return result.value;
  const problems = result.issues.slice(0, 10).map(({ message, path = [] }) => {
    const keys = path.map((key) => String(typeof key === 'object' ? key.key : key));
    return keys.length > 0 ? `${keys.join('.')}: ${message}` : message;
  });
  throw refused(`the arguments are not of the schema: ${problems.join('; ')}`, call);
}

function refused(problem: string, call: ToolCall): QwireError {
  return new QwireError(`${call.name}: ${problem}`, { kind: 'invalid-response', text: call.arguments });
}

function namesOf(tools: readonly RunnableTool[]): string {
  return tools.map(({ name }) => name).join(', ') || 'none';
}
