import type { Medium } from './chat-call.ts';
import type { ModelConfig } from './config.ts';

export interface EmbeddingTraits {
  /** Lengths that a vector may have, the one of the model's own choice first. */
  readonly dimensions: readonly [number, ...number[]];
  /** Texts of one call at most. */
  readonly maxTexts: number;
  /** Tokens of one text at most. */
  readonly maxTokens: number;
}

/** A model with every property settled. */
export interface KnownModel {
  readonly id: string;
  /** Which native path answers it. */
  readonly path: 'text' | 'multimodal';
  /** What it reads besides text. */
  readonly media: readonly Medium[];
  /** Whether it thinks: never, when asked (`off`), unless told not to (`on`), or always. */
  readonly thinking: 'never' | 'off' | 'on' | 'always';
  readonly thinksOnlyStreamed: boolean;
  readonly streamOnly: boolean;
  readonly tools: boolean;
  readonly search: boolean;
  readonly jsonSchema: boolean;
  /** Offered on the compatible wire. */
  readonly compatible: boolean;
  /** Offered on the native wire. */
  readonly native: boolean;
  /** Answers with speech when asked to. */
  readonly speaks: boolean;
  /** Has tasks of reading pictures, with results of their own. */
  readonly ocr: boolean;
  /** Translates the one user message and does nothing else. */
  readonly translates: boolean;
  /** Its own defaults on the native wire. */
  readonly resultFormat: 'text' | 'message';
  readonly incrementalOutput: boolean;
  /** Tokens. */
  readonly maxInput: number;
  readonly maxOutput: number;
  readonly maxThinking: number;
  /** Of a model that turns texts into vectors, and answers nothing else. */
  readonly embedding: EmbeddingTraits | undefined;
  /** Id of the workspace that owns a custom model. */
  readonly owner: string | undefined;
  /** Ids or aliases; everywhere when `undefined`. */
  readonly regions: readonly string[] | undefined;
}

/** The day of the service's pages that `knownModels` was taken from. */
export const modelsAsOf = '2026-05-27';

const base: Omit<KnownModel, 'id'> = {
  path: 'text',
  media: [],
  thinking: 'never',
  thinksOnlyStreamed: false,
  streamOnly: false,
  tools: true,
  search: true,
  jsonSchema: true,
  compatible: true,
  native: true,
  speaks: false,
  ocr: false,
  translates: false,
  resultFormat: 'text',
  incrementalOutput: false,
  maxInput: 129_024,
  maxOutput: 8_192,
  maxThinking: 38_912,
  embedding: undefined,
  owner: undefined,
  regions: undefined,
};

type Traits = Partial<Omit<KnownModel, 'id'>>;

const vision: Traits = {
  path: 'multimodal',
  media: ['image', 'video'],
  search: false,
  resultFormat: 'message',
};
// Newer families answer on the multimodal path, also the text-only ones.
const omnivore: Traits = {
  path: 'multimodal',
  media: ['image', 'video'],
  thinking: 'on',
  resultFormat: 'message',
  incrementalOutput: true,
};
const hybrid: Traits = { thinking: 'off' };
const openHybrid: Traits = {
  thinking: 'on',
  thinksOnlyStreamed: true,
  search: false,
  resultFormat: 'message',
  incrementalOutput: true,
};
const alwaysThinks: Traits = {
  thinking: 'always',
  thinksOnlyStreamed: true,
  streamOnly: true,
  search: false,
  resultFormat: 'message',
  incrementalOutput: true,
};
const translation: Traits = { tools: false, search: false, jsonSchema: false, translates: true };
const omni: Traits = {
  path: 'multimodal',
  media: ['image', 'video', 'audio'],
  streamOnly: true,
  search: false,
  jsonSchema: false,
  native: false,
  speaks: true,
};

const embedding = (
  maxTexts: number,
  maxTokens: number,
  ...dimensions: EmbeddingTraits['dimensions']
): Traits => ({
  tools: false,
  search: false,
  jsonSchema: false,
  embedding: { dimensions, maxTexts, maxTokens },
});

const rows: readonly (readonly [id: string, maxInput: number, maxOutput: number, traits?: Traits])[] = [
  ['qwen3.8-max', 991_808, 65_536, omnivore],
  ['qwen3.8-flash', 991_808, 65_536, omnivore],
  ['qwen3.7-max', 991_808, 65_536, hybrid],
  ['qwen3.7-plus', 991_808, 65_536, omnivore],
  ['qwen3.6-max-preview', 245_760, 65_536, hybrid],
  ['qwen3.6-plus', 991_808, 65_536, omnivore],
  ['qwen3.6-flash', 991_808, 65_536, omnivore],
  ['qwen3.5-plus', 991_808, 65_536, omnivore],
  ['qwen3.5-flash', 991_808, 65_536, omnivore],
  ['qwen3-max', 258_048, 65_536, { ...hybrid, resultFormat: 'message', incrementalOutput: true }],
  ['qwen-max', 30_720, 8_192],
  ['qwen-plus', 997_952, 32_768, hybrid],
  ['qwen-plus-us', 997_952, 32_768, { ...hybrid, regions: ['us-east-1'] }],
  ['qwen-flash', 997_952, 32_768, hybrid],
  ['qwen-flash-us', 997_952, 32_768, { ...hybrid, regions: ['us-east-1'] }],
  ['qwen-turbo', 98_304, 16_384, hybrid],
  ['qwen-long', 10_000_000, 8_192, { resultFormat: 'message' }],
  ['qwen-doc-turbo', base.maxInput, base.maxOutput, { media: ['document'], tools: false, search: false }],
  ['qwen-plus-character', base.maxInput, base.maxOutput, { tools: false, search: false, jsonSchema: false }],
  ['qwen3.5-omni-plus', base.maxInput, base.maxOutput, omni],
  ['qwen3.5-omni-flash', base.maxInput, base.maxOutput, omni],
  ['qwen3-omni-flash', base.maxInput, base.maxOutput, { ...omni, thinking: 'off' }],
  ['qwq-plus', 98_304, 8_192, alwaysThinks],
  ['qvq-max', 98_304, 8_192, { ...vision, ...alwaysThinks, tools: false }],
  ['qwen3-coder-plus', 997_952, 65_536],
  ['qwen3-coder-flash', 997_952, 65_536],
  ['qwen3-vl-plus', 260_096, 32_768, { ...vision, ...hybrid, incrementalOutput: true }],
  ['qwen3-vl-flash', 260_096, 32_768, { ...vision, ...hybrid, incrementalOutput: true }],
  ['qwen-vl-max', 129_024, 8_192, vision],
  ['qwen-vl-plus', 129_024, 8_192, vision],
  ['qwen-vl-ocr', 30_000, 8_192, { ...vision, tools: false, ocr: true }],
  ['qwen-mt-plus', 8_192, 8_192, translation],
  ['qwen-mt-flash', 8_192, 8_192, translation],
  ['qwen-mt-lite', 8_192, 8_192, translation],
  ['qwen3-32b', 98_304, 8_192, openHybrid],
  ['qwen3-235b-a22b', 129_024, 16_384, openHybrid],
  ['qwen3-next-80b-a3b-instruct', 129_024, 32_768, { search: false, resultFormat: 'message' }],
  ['qwen3-next-80b-a3b-thinking', 126_976, 32_768, { ...alwaysThinks, streamOnly: false }],
  ['deepseek-v3.2', 98_304, 65_536, { ...hybrid, resultFormat: 'message' }],
  ['deepseek-v4-pro', 1_000_000, 393_216, { ...hybrid, resultFormat: 'message' }],
  ['kimi-k2.5', 229_376, 16_384, { ...omnivore, thinking: 'off' }],
  ['glm-5', 169_984, 16_384, { ...hybrid, resultFormat: 'message' }],
  ['text-embedding-v4', 81_920, 1, embedding(10, 8_192, 1024, 2048, 1536, 768, 512, 256, 128, 64)],
  ['text-embedding-v3', 81_920, 1, embedding(10, 8_192, 1024, 768, 512, 256, 128, 64)],
  ['text-embedding-v2', 51_200, 1, embedding(25, 2_048, 1536)],
  ['text-embedding-v1', 51_200, 1, embedding(25, 2_048, 1536)],
  ['qwen-image', 1_024, 1_024, { ...vision, tools: false, compatible: false }],
];

/**
 * The models that an emulator knows unless its configuration says more. A selection, not a price list: names and limits
 * change often.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/models
 */
export const knownModels: readonly KnownModel[] = rows.map(([id, maxInput, maxOutput, traits]) => ({
  ...base,
  ...traits,
  id,
  maxInput,
  maxOutput,
}));

/** The known models with the configured ones added; a configured one with a known id changes that one. */
export function mergeModels(configured: readonly ModelConfig[]): ReadonlyMap<string, KnownModel> {
  const models = new Map(knownModels.map((model) => [model.id, model]));
  for (const { id, ...traits } of configured) {
    models.set(id, { ...base, ...models.get(id), ...withoutUndefined(traits), id });
  }
  return models;
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Whether `*` or one of the patterns, in which `*` stands for any characters, names the model. */
export function matchesModel(patterns: '*' | readonly string[], model: string): boolean {
  if (patterns === '*') return true;
  return patterns.some((pattern) => toPattern(pattern).test(model));
}

function toPattern(pattern: string): RegExp {
  const escaped = pattern.split('*').map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
