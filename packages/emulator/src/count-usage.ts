import type { ChatCall } from './chat-call.ts';
import type { CacheUse } from './context-cache.ts';
import { countInput } from './count-input.ts';
import type { TokenUsage } from './emulator.ts';
import type { PlannedAnswer, PlannedReply } from './plan-reply.ts';
import type { Rule } from './rule-book.ts';
import { countTokens, speechTokens } from './tokens.ts';
import { addTokens, noTokens } from './usage-counter.ts';

/** An answer before its tokens are counted. */
export type AnswerDraft = Omit<PlannedAnswer, 'usage'>;

interface Drafts extends Pick<PlannedReply, 'speech' | 'code'> {
  readonly drafts: readonly AnswerDraft[];
  readonly cache: CacheUse;
}

/** What the answers cost, one by one and together; counts that the rule names stand in place of the counted ones. */
export function countUsage(
  call: ChatCall,
  rule: Rule | undefined,
  { drafts, speech, code, cache }: Drafts,
): Pick<PlannedReply, 'answers' | 'usage'> {
  const said = rule?.usage ?? {};
  const input = countAllInput(call, rule, { code, cache });
  const counted = drafts.map((draft, index) => countOutput(draft, index === 0 ? speech : undefined));
  const share = (total: number, index: number) =>
    // What a rule says is of all answers; what does not divide falls to the first.
    Math.floor(total / drafts.length) + (index === 0 ? total % drafts.length : 0);
  const answers = drafts.map((draft, index) => {
    const own = counted[index] ?? noTokens;
    const reasoningTokens =
      said.reasoningTokens === undefined ? own.reasoningTokens : share(said.reasoningTokens, index);
    const outputTokens =
      said.outputTokens === undefined
        ? own.outputTokens - own.reasoningTokens + reasoningTokens
        : share(said.outputTokens, index);
    const output = { reasoningTokens, outputTokens, outputAudioTokens: own.outputAudioTokens };
    return { ...draft, usage: { ...input, ...output, totalTokens: input.inputTokens + outputTokens } };
  });
  return { answers, usage: sumOfAnswers(input, answers) };
}

/** The input is paid for once, however many answers there are. */
export function sumOfAnswers(
  input: TokenUsage,
  answers: readonly { readonly usage: TokenUsage }[],
): TokenUsage {
  const output = answers
    .map(({ usage }) => ({
      ...noTokens,
      outputTokens: usage.outputTokens,
      reasoningTokens: usage.reasoningTokens,
      outputAudioTokens: usage.outputAudioTokens,
      totalTokens: usage.outputTokens,
    }))
    .reduce(addTokens, noTokens);
  return addTokens(unspent(input), output);
}

/** The same before anything was answered. */
export function unspent(usage: TokenUsage): TokenUsage {
  const { inputTokens: totalTokens } = usage;
  return { ...usage, outputTokens: 0, reasoningTokens: 0, outputAudioTokens: 0, totalTokens };
}

function countOutput(
  { reasoning = '', text, toolCalls }: AnswerDraft,
  speech: PlannedReply['speech'],
): TokenUsage {
  const answer = text.join('') + toolCalls.map((made) => made.name + made.arguments).join('');
  const outputAudioTokens = speech === undefined ? 0 : countTokens(speech.transcript) * speechTokens;
  const reasoningTokens = countTokens(reasoning);
  const outputTokens = reasoningTokens + countTokens(answer) + outputAudioTokens;
  return { ...noTokens, outputTokens, reasoningTokens, outputAudioTokens };
}

function countAllInput(
  call: ChatCall,
  rule: Rule | undefined,
  { code, cache }: Pick<Drafts, 'code' | 'cache'>,
): TokenUsage {
  const said = rule?.usage ?? {};
  const counted = countInput(call);
  // What the code interpreter ran is read again.
  const inputTokens = said.inputTokens ?? counted.inputTokens + countCode(code);
  const imageTokens = Math.min(counted.imageTokens, inputTokens);
  const videoTokens = Math.min(counted.videoTokens, inputTokens - imageTokens);
  const found = call.search && (rule?.sources ?? []).length > 0;
  return {
    ...noTokens,
    ...countCache(said, cache),
    inputTokens,
    imageTokens,
    videoTokens,
    audioTokens: Math.min(counted.audioTokens, inputTokens - imageTokens - videoTokens),
    webSearches: said.webSearches ?? (found ? 1 : 0),
    imageSearches: said.imageSearches ?? 0,
    codeInterpreterRuns: said.codeInterpreterRuns ?? code.length,
  };
}

/** Tokens of the code that was run. */
export function countCode(code: readonly string[]): number {
  return code.reduce((sum, run) => sum + countTokens(run), 0);
}

type CacheCounts = Pick<
  TokenUsage,
  | 'cachedInputTokens'
  | 'cacheCreationInputTokens'
  | 'cacheCreation5mInputTokens'
  | 'cacheCreation1hInputTokens'
>;

const cacheMembers = [
  'cachedInputTokens',
  'cacheCreationInputTokens',
  'cacheCreation5mInputTokens',
  'cacheCreation1hInputTokens',
] as const;

// A rule that says one of the counts says all of them.
function countCache(said: NonNullable<Rule['usage']>, cache: CacheUse): CacheCounts {
  const counts = cacheMembers.some((member) => said[member] !== undefined) ? said : cache;
  const hour = counts.cacheCreation1hInputTokens ?? 0;
  const total = 'cacheCreationInputTokens' in counts ? counts.cacheCreationInputTokens : undefined;
  const minutes = counts.cacheCreation5mInputTokens ?? Math.max(0, (total ?? hour) - hour);
  return {
    cachedInputTokens: counts.cachedInputTokens ?? 0,
    cacheCreationInputTokens: total ?? minutes + hour,
    cacheCreation5mInputTokens: minutes,
    cacheCreation1hInputTokens: hour,
  };
}
