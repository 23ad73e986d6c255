import type { Expectation } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import { isRecord } from '../is-record.ts';

/** What a reply says, whichever wire and form it came in. */
export interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly finishReason: string | undefined;
  readonly choices: number;
  readonly logprobs: boolean;
  readonly outputTokens: number | undefined;
}

/**
 * Where an answer does not follow from what was asked. The words themselves are the model's and not compared.
 *
 * `parameters` are the wire's: the body on the compatible wire, `parameters` on the native one.
 */
export function checkAnswer(
  answer: Answer,
  parameters: Readonly<Record<string, unknown>>,
  expect: Expectation,
): Difference[] {
  const { text, reasoning, toolCalls, finishReason, choices, logprobs, outputTokens } = answer;
  const differences: Difference[] = [];
  const differ = (path: string, expected: unknown, actual: unknown): void => {
    differences.push({ path: `answer.${path}`, expected, actual });
  };
  const { n = 1, enable_thinking: thinks, tool_choice: choice, stop, max_tokens: limit } = parameters;
  const reasons = allowedReasons(parameters, expect);
  if (finishReason === undefined || !reasons.includes(finishReason))
    differ('finish_reason', reasons.join(' or '), finishReason);
  if (choices !== n) differ('choices', n, choices);
  if (thinks === true && reasoning === '') differ('reasoning_content', 'what the model thought', reasoning);
  if (thinks === false && reasoning !== '') differ('reasoning_content', 'nothing', reasoning);
  if (isRecord(choice) && toolCalls.length === 0) differ('tool_calls', 'the call that was asked for', []);
  if (choice === 'none' && toolCalls.length > 0) differ('tool_calls', 'none', toolCalls);
  const offered = offeredTools(parameters);
  for (const { name } of toolCalls) if (!offered.includes(name)) differ('tool_calls', offered, name);
  if (toolCalls.length === 0 && text === '') differ('content', 'text', text);
  if (isRecord(parameters.response_format) && parameters.response_format.type !== 'text' && !isJson(text))
    differ('content', 'JSON', text);
  if ((parameters.logprobs === true) !== logprobs)
    differ('logprobs', parameters.logprobs === true ? 'probabilities' : 'none', logprobs);
  for (const mark of typeof stop === 'string' ? [stop] : Array.isArray(stop) ? stop : []) {
    if (typeof mark === 'string' && text.includes(mark)) differ('content', `nothing from ${mark} on`, text);
  }
  // One token more has been recorded.
  if (typeof limit === 'number' && thinks !== true && (outputTokens ?? 0) > limit + 1)
    differ('usage', `at most ${limit} tokens of output`, outputTokens);
  return differences;
}

function allowedReasons(
  { tool_choice: choice }: Readonly<Record<string, unknown>>,
  { response }: Expectation,
): string[] {
  if (response?.finishReason === 'length') return ['length'];
  // Recorded: a call that names the function can end with "stop".
  if (isRecord(choice)) return ['tool_calls', 'stop'];
  return ['stop', 'length'];
}

function offeredTools({ tools }: Readonly<Record<string, unknown>>): unknown[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool: unknown) =>
    isRecord(tool) && isRecord(tool.function) ? tool.function.name : undefined,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
