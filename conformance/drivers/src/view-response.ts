import type { ConformanceCase, Observed } from '@qwire/conformance';
import type { Exposure } from './scored-client.ts';
import { withoutZeros } from './token-counts.ts';
import { isInHeader, leftOut } from './view-error.ts';

type ExpectedResponse = NonNullable<Observed['response']>;

interface ResponseContext {
  readonly testCase: ConformanceCase;
  readonly exposes: Exposure;
  readonly unseen: Set<string>;
}

/** Members that are Qwire's own: no other client has to have them. */
const own: readonly string[] = ['warnings', 'message', 'object', 'embeddings'];

const words: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
};

/** What of an expected response is compared: what this client shows. */
export function viewResponse(response: ExpectedResponse, context: ResponseContext): ExpectedResponse {
  const { exposes, unseen, testCase } = context;
  const viewed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inWords(response, context))) {
    if (value === undefined || own.includes(name)) continue;
    if (name === 'requestId' && !isInHeader(value, testCase)) continue;
    if (exposes.response.some((member) => member === name)) viewed[name] = viewMember(name, value, context);
    else if (!isNothing(value)) leftOut(unseen, name);
  }
  return viewed as ExpectedResponse;
}

/** For a client that hands on the service's word, why an answer ended is stated in that word alone. */
function inWords(response: ExpectedResponse, { exposes, unseen }: ResponseContext): ExpectedResponse {
  const { finishReason, rawFinishReason, ...rest } = response;
  if (exposes.finishReasons === 'own' || finishReason === undefined) return response;
  const word = rawFinishReason ?? words[finishReason];
  if (word === undefined || word !== words[finishReason]) leftOut(unseen, 'finishReason');
  return { ...rest, ...(word !== undefined && { rawFinishReason: word }) };
}

function viewMember(name: string, value: unknown, context: ResponseContext): unknown {
  const { exposes, unseen } = context;
  if (name === 'usage') {
    return pick(withoutZeros(value as object), exposes.usage, (member) => {
      if (member !== 'totalTokens' || !isSum(value as Counts)) leftOut(unseen, `usage.${member}`);
    });
  }
  if (name === 'toolCalls') {
    return (value as readonly object[]).map((call) =>
      pick(call, exposes.toolCalls, (member) => {
        if (!followsFromOther(member, call, exposes)) leftOut(unseen, `toolCalls.${member}`);
      }),
    );
  }
  if (name === 'choices') {
    return (value as readonly ExpectedResponse[]).map((choice) => viewResponse(choice, context));
  }
  return value;
}

function pick(value: object, names: readonly string[], onLeftOut: (name: string) => void): object {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  for (const [name, member] of entries) if (!names.includes(name) && !isNothing(member)) onLeftOut(name);
  return Object.fromEntries(entries.filter(([name]) => names.includes(name)));
}

type Counts = { readonly [name in 'inputTokens' | 'outputTokens' | 'totalTokens']?: number | null };

/** A total that only adds up what is shown tells nothing more. */
function isSum({ inputTokens, outputTokens, totalTokens }: Counts): boolean {
  return totalTokens === (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** Arguments as text and as their value say the same, where they are JSON. */
function followsFromOther(member: string, call: object, { toolCalls }: Exposure): boolean {
  if (member === 'input') return toolCalls.includes('arguments');
  return member === 'arguments' && toolCalls.includes('input') && !('input' in call && call.input === null);
}

/** A member that is stated to be absent or empty is missed by nobody who cannot see it. */
function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
