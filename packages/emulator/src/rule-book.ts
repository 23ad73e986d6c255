import { type ChatCall, textOf } from './chat-call.ts';
import type { ResolvedConfig } from './config.ts';
import { matchesModel } from './models.ts';
import { parsePattern } from './pattern.ts';

export type Rule = ResolvedConfig['replies'][number];

interface Entry {
  readonly rule: Rule;
  readonly matchesText: (text: string) => boolean;
  uses: number;
}

/** The scripted replies, of which the first that fits a call answers it. */
export class RuleBook {
  #entries: Entry[];
  readonly #configured: readonly Rule[];

  constructor(configured: readonly Rule[]) {
    this.#configured = configured;
    this.#entries = configured.map(toEntry);
  }

  /** Puts rules in front of the others. */
  add(rules: readonly Rule[]): void {
    this.#entries = [...rules.map(toEntry), ...this.#entries];
  }

  /** Back to the configured rules, none of them used. */
  reset(): void {
    this.#entries = this.#configured.map(toEntry);
  }

  take(call: ChatCall): Rule | undefined {
    const entry = this.#entries.find((candidate) => fits(candidate, call));
    if (entry !== undefined) entry.uses += 1;
    return entry?.rule;
  }
}

function toEntry(rule: Rule): Entry {
  return { rule, matchesText: rule.when === undefined ? () => true : parsePattern(rule.when), uses: 0 };
}

function fits({ rule, matchesText, uses }: Entry, call: ChatCall): boolean {
  const last = call.messages.findLast(({ role }) => role === 'user' || role === 'tool');
  return (
    uses < (rule.times ?? Number.POSITIVE_INFINITY) &&
    (rule.after ?? 'user') === last?.role &&
    (rule.wire === undefined || rule.wire === call.wire) &&
    (rule.model === undefined || matchesModel([rule.model], call.model.id)) &&
    (rule.workspace === undefined || [call.workspace.id, call.workspace.name].includes(rule.workspace)) &&
    matchesText(textOf(last)) &&
    hasAnswer(rule, call)
  );
}

// A rule that can only call tools says nothing to a call that offers others, or none.
function hasAnswer({ toolCalls, text, chunks, choices, error, fault }: Rule, call: ChatCall): boolean {
  if (toolCalls === undefined || toolCalls.length === 0) return true;
  if ([text, chunks, choices, error, fault].some((value) => value !== undefined)) return true;
  return call.toolChoice !== 'none' && toolCalls.some(({ name }) => offers(call, name));
}

/** Whether the call offers a tool of this name. */
export function offers({ tools }: ChatCall, name: string): boolean {
  return tools.some((tool) => tool.name === name);
}
