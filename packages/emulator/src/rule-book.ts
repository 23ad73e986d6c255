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
    const last = call.messages.findLast(({ role }) => role === 'user' || role === 'tool');
    if (last === undefined) return undefined;
    const asked = { ...call, after: last.role === 'tool' ? 'tool' : 'user', text: textOf(last) } as const;
    return this.#use((entry) => fits(entry, asked) && hasAnswer(entry.rule, call));
  }

  /** The first rule that refuses or delays, for requests that no rule can answer. */
  takeHindrance(asked: Asked): Rule | undefined {
    return this.#use(
      (entry) => (entry.rule.error ?? entry.rule.fault?.delayMs) !== undefined && fits(entry, asked),
    );
  }

  #use(wanted: (entry: Entry) => boolean): Rule | undefined {
    const entry = this.#entries.find(wanted);
    if (entry !== undefined) entry.uses += 1;
    return entry?.rule;
  }
}

/** What a rule looks at. */
export interface Asked extends Pick<ChatCall, 'wire' | 'model' | 'workspace'> {
  readonly after: 'user' | 'tool';
  readonly text: string;
}

function toEntry(rule: Rule): Entry {
  return { rule, matchesText: rule.when === undefined ? () => true : parsePattern(rule.when), uses: 0 };
}

function fits({ rule, matchesText, uses }: Entry, asked: Asked): boolean {
  return (
    uses < (rule.times ?? Number.POSITIVE_INFINITY) &&
    (rule.after ?? 'user') === asked.after &&
    (rule.wire === undefined || rule.wire === asked.wire) &&
    (rule.model === undefined || matchesModel([rule.model], asked.model.id)) &&
    (rule.workspace === undefined || [asked.workspace.id, asked.workspace.name].includes(rule.workspace)) &&
    matchesText(asked.text)
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
