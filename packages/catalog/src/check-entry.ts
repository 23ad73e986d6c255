import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import type { FactSource, ModelFacts } from './model-facts.ts';

interface Check {
  readonly what: string;
  readonly accepts: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isPattern = (value: unknown): boolean => isText(value) || value instanceof RegExp;

const text: Check = { what: 'text that is not empty', accepts: isText };
const count: Check = { what: 'a whole number from 1', accepts: isCount };
const flag: Check = { what: 'true or false', accepts: (value) => typeof value === 'boolean' };
const counts: Check = {
  what: 'a list of whole numbers from 1',
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isCount),
};
const patterns: Check = {
  what: 'a model id, in which * stands for any characters, a regular expression, or a list of these',
  accepts: (value) =>
    isPattern(value) || (Array.isArray(value) && value.length > 0 && value.every(isPattern)),
};

function oneOf(...values: readonly string[]): Check {
  return {
    what: values.map((value) => `"${value}"`).join(' or '),
    accepts: (value) => values.includes(String(value)),
  };
}

const factChecks = {
  contextTokens: count,
  maxInputTokens: count,
  maxOutputTokens: count,
  streamOnly: flag,
  thinking: oneOf('never', 'optional', 'always'),
  thinkingByDefault: flag,
  thinkingWithoutStream: flag,
  maxThinkingTokens: count,
  completionLimit: flag,
  jsonMode: flag,
  jsonSchema: flag,
  tools: flag,
  nativePath: oneOf('text', 'multimodal'),
  maxTexts: count,
  maxTokensPerText: count,
  dimensions: counts,
  defaultDimensions: count,
} satisfies Record<keyof ModelFacts, Check>;

const sourceChecks = {
  source: text,
  retrievedOn: text,
  documentUpdatedOn: text,
  doubt: text,
} satisfies Record<keyof FactSource, Check>;

/** @throws QwireError of kind `configuration` that names the member and what it must be. */
export function checkEntry(entry: unknown, field: string): void {
  checkMembers(entry, ['models', 'facts', 'source'], { field, kind: 'configuration' });
  if (!patterns.accepts(entry.models)) throw wrong(`${field}.models`, patterns);
  checkEach(entry.facts, factChecks, `${field}.facts`);
  if (entry.source !== undefined) checkEach(entry.source, sourceChecks, `${field}.source`);
}

function checkEach(value: unknown, checks: Readonly<Record<string, Check>>, field: string): void {
  checkMembers(value, Object.keys(checks), { field, kind: 'configuration' });
  for (const [name, check] of Object.entries(checks)) {
    const member = value[name];
    if (member !== undefined && !check.accepts(member)) throw wrong(`${field}.${name}`, check);
  }
}

function wrong(field: string, { what }: Check): Error {
  return invalid(field, `must be ${what}`, 'configuration');
}
