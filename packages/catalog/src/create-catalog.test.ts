import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type CatalogOptions, catalog, createCatalog } from './create-catalog.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const source = z.strictObject({
  source: z.string().min(1),
  retrievedOn: day,
  documentUpdatedOn: z
    .string()
    .regex(/^\d{4}-\d{2}(-\d{2})?$/)
    .optional(),
  doubt: z.string().min(1).optional(),
});

const facts = (id: string) => catalog.findModel(id)?.facts;

describe('the documented facts', () => {
  test('each has a dated source', () => {
    const sources = catalog.entries.map((entry) => entry.source);
    expect(sources.map((entry) => source.safeParse(entry).success)).not.toContain(false);
    expect(sources.length).toBeGreaterThan(40);
  });

  test('an id that is written out is in lower case and says each fact once', () => {
    const stated = catalog.entries.flatMap(({ models, facts }) =>
      [models].flat().flatMap((id) => Object.keys(facts).map((name) => ({ id, name }))),
    );
    const written = stated.filter(({ id }) => typeof id === 'string');
    expect(written.filter(({ id }) => String(id) !== String(id).toLowerCase())).toEqual([]);
    expect(new Set(written.map(({ id, name }) => `${id} ${name}`)).size).toBe(written.length);
  });

  test('limits are those of the model itself, not of its snapshots', () => {
    expect(facts('qwen-plus')).toMatchObject({
      contextTokens: 1_000_000,
      maxInputTokens: 997_952,
      maxOutputTokens: 32_768,
    });
    expect(facts('qwen-plus-2025-12-01')).not.toHaveProperty('maxOutputTokens');
    expect(facts('qwen-plus-us')).not.toHaveProperty('maxOutputTokens');
  });

  test.each([
    ['qwq-plus', { streamOnly: true, thinking: 'always', thinkingWithoutStream: false }],
    ['qvq-max', { streamOnly: true, thinking: 'always', thinkingWithoutStream: false }],
    ['qwen3-next-80b-a3b-thinking', { streamOnly: true, thinking: 'always', thinkingWithoutStream: false }],
    ['qwen3.5-omni-plus', { streamOnly: true }],
    ['qwen3-next-80b-a3b-instruct', { thinking: 'never' }],
    ['qwen3-32b', { thinking: 'optional', thinkingByDefault: true, thinkingWithoutStream: false }],
    ['qwen3-235b-a22b', { thinking: 'optional', thinkingByDefault: true, thinkingWithoutStream: false }],
    ['qwen-plus', { thinking: 'optional', thinkingByDefault: false }],
    ['qwen3-max', { thinking: 'optional', thinkingByDefault: false, thinkingWithoutStream: true }],
    ['qwen3.5-plus', { thinking: 'optional', thinkingByDefault: true }],
    ['qwen3.6-plus', { thinking: 'optional', thinkingByDefault: true, thinkingWithoutStream: true }],
    ['deepseek-v4-pro', { thinkingWithoutStream: true }],
    ['qwen3.7-max', {}],
    ['qwen-max', {}],
  ])('%s streams and thinks as documented, and what is not documented is left out', (id, expected) => {
    const names = ['streamOnly', 'thinking', 'thinkingByDefault', 'thinkingWithoutStream'];
    const stated = Object.entries(facts(id) ?? {}).filter(([name]) => names.includes(name));
    expect(Object.fromEntries(stated)).toEqual(expected);
  });

  test.each([
    ['qwen3-max', true],
    ['qwen3-max-2025-09-23', true],
    ['qwen3-max-2025-09-05', false],
    ['qwen-plus', true],
    ['qwen-plus-2025-07-28', true],
    ['qwen-plus-2025-07-14', false],
    ['qwen-plus-2025-04-28', false],
    ['qwen-flash-2025-07-28', true],
    ['deepseek-v3.2', true],
    ['qwen-turbo', false],
    ['qwen3-vl-plus', false],
    ['qwen3.6-plus', undefined],
    ['qwen-plus-latest', undefined],
    ['qwen-mt-plus', undefined],
  ])('whether %s has JSON Schema mode: %s', (id, expected) => {
    expect(facts(id)?.jsonSchema).toBe(expected);
  });

  test('a fact whose evidence is thin says so', () => {
    expect(catalog.findModel('qwen-turbo')?.sources.jsonSchema).toMatchObject({
      documentUpdatedOn: '2026-02',
      doubt: expect.stringContaining('not on it'),
    });
    expect(catalog.findModel('qwen3-32b')?.sources.thinking).not.toHaveProperty('doubt');
  });

  test('JSON mode and tools are those that pages and recordings state', () => {
    expect(['qwen-long', 'qwen3-vl-plus', 'qwen3.6-flash'].map((id) => facts(id)?.jsonMode)).toEqual([
      true,
      true,
      true,
    ]);
    expect(facts('qwen-mt-plus')).not.toHaveProperty('jsonMode');
    expect([facts('qwen-max')?.tools, facts('qwen-audio-turbo')?.tools, facts('qwen-long')?.tools]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  test.each([
    ['text-embedding-v4', 10, 8192, [2048, 1536, 1024, 768, 512, 256, 128, 64], 1024],
    ['text-embedding-v3', 10, 8192, [1024, 768, 512, 256, 128, 64], 1024],
    ['text-embedding-v2', 25, 2048, [1536], 1536],
    ['text-embedding-v1', 25, 2048, undefined, undefined],
  ])('%s takes %i texts at once', (id, maxTexts, maxTokensPerText, dimensions, defaultDimensions) => {
    const { facts: stated } = catalog.findModel(id) ?? {};
    expect(stated).toEqual({
      maxTexts,
      maxTokensPerText,
      ...(dimensions && { dimensions, defaultDimensions }),
    });
  });

  test('of a model that nobody has heard of, nothing is known', () => {
    expect(catalog.findModel('qwen9-plus')).toBeUndefined();
  });
});

describe('overrides', () => {
  test('win, and leave the other facts', () => {
    const own = createCatalog({
      overrides: [
        { models: 'qwen-plus', facts: { maxOutputTokens: 16 } },
        { models: 'qwen-*', facts: { maxOutputTokens: 8, maxThinkingTokens: 4 } },
      ],
    });
    expect(own.findModel('QWEN-Plus')).toMatchObject({
      id: 'QWEN-Plus',
      facts: { maxOutputTokens: 16, maxThinkingTokens: 4, contextTokens: 1_000_000 },
    });
    expect(own.findModel('qwen-plus')?.sources).not.toHaveProperty('maxOutputTokens');
    expect(facts('qwen-plus')?.maxOutputTokens).toBe(32_768);
  });

  test('make a fact unknown again', () => {
    const own = createCatalog({ overrides: [{ models: 'qwq*', facts: { streamOnly: undefined } }] });
    expect(own.findModel('qwq-plus')?.facts).not.toHaveProperty('streamOnly');
    expect(own.findModel('qwq-plus')?.sources).not.toHaveProperty('streamOnly');
  });

  test('make a model known', () => {
    const own = createCatalog({ overrides: [{ models: /^my-/, facts: { streamOnly: true } }] });
    expect(own.findModel('my-model')).toEqual({ id: 'my-model', facts: { streamOnly: true }, sources: {} });
  });

  test.each([
    [{ overides: [] }, 'overides: is not known here. Known: overrides'],
    [{ overrides: {} }, 'overrides: must be a list'],
    [{ overrides: [{ models: '', facts: {} }] }, 'overrides[0].models: must be a model id'],
    [{ overrides: [{ models: 'a' }] }, 'overrides[0].facts: must be an object'],
    [{ overrides: [{ models: 'a', facts: { maxTokens: 1 } }] }, 'overrides[0].facts.maxTokens: is not known'],
    [
      { overrides: [{ models: 'a', facts: { thinking: true } }] },
      'overrides[0].facts.thinking: must be "never" or "optional" or "always"',
    ],
    [
      { overrides: [{ models: 'a', facts: {}, source: { source: 'x', retrievedOn: 1 } }] },
      'overrides[0].source.retrievedOn: must be text',
    ],
  ])('with a mistake are refused by name: %j', (options, message) => {
    const create = () => createCatalog(options as unknown as CatalogOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ kind: 'configuration' }));
  });
});
