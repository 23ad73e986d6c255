import type { CatalogEntry } from '../model-facts.ts';
import { compatibleReference, nativeReference, qwen3MaxRecordings, recordings } from './sources.ts';

/** Open hybrid models, such as `qwen3-32b` and `qwen3-235b-a22b`. */
const openHybrid = /^qwen3-[\d.]+b(-a\d+b)?$/;
/** Open models that think, or never think, by their name. */
const openThinking = /^qwen3-.*-thinking(-|$)/;
const openInstruct = /^qwen3-.*-instruct(-|$)/;

/** Ceilings of the budget are in no table: the service names them when a budget is above one. */
export const thinkingEntries: readonly CatalogEntry[] = [
  {
    models: [/^qwq/, /^qvq/, /-omni/, openThinking],
    facts: { streamOnly: true },
    source: nativeReference,
  },
  {
    models: [/^qwq/, /^qvq/, openThinking],
    facts: { thinking: 'always', thinkingWithoutStream: false },
    source: {
      ...nativeReference,
      doubt: 'The page says that some models always think, and names them among those that only stream.',
    },
  },
  {
    models: openInstruct,
    facts: { thinking: 'never' },
    source: { ...nativeReference, doubt: 'Told by the name: the thinking variant is a model of its own.' },
  },
  {
    models: openHybrid,
    facts: { thinking: 'optional', thinkingByDefault: true, thinkingWithoutStream: false },
    source: nativeReference,
  },
  {
    models: 'qwen3-max',
    facts: { thinking: 'optional', thinkingByDefault: false, thinkingWithoutStream: true },
    source: qwen3MaxRecordings,
  },
  {
    models: ['qwen-plus', 'qwen-flash', 'qwen-turbo'],
    facts: { thinking: 'optional', thinkingByDefault: false },
    source: nativeReference,
  },
  {
    models: 'qwen3.5-plus',
    facts: { thinking: 'optional', thinkingByDefault: true },
    source: nativeReference,
  },
  {
    models: ['qwen3.6-plus', 'deepseek-v4-pro'],
    facts: { thinkingWithoutStream: true },
    source: recordings,
  },
  {
    models: ['qwen3.6-plus', 'qwen3.7-plus'],
    facts: { thinking: 'optional', thinkingByDefault: true },
    source: { ...compatibleReference, doubt: 'Pages differ on the default of the newest models.' },
  },
];
