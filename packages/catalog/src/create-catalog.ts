import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import { checkEntry } from './check-entry.ts';
import { embeddingEntries } from './facts/embeddings.ts';
import { limitEntries } from './facts/limits.ts';
import { nativePathEntries } from './facts/native-path.ts';
import { structuredOutputEntries } from './facts/structured-output.ts';
import { thinkingEntries } from './facts/thinking.ts';
import { toolEntries } from './facts/tools.ts';
import { matchesModel } from './matches-model.ts';
import type { CatalogEntry, FactSource, ModelFacts } from './model-facts.ts';

/** A model of which something is known. */
export interface KnownModel {
  /** As it was asked for. */
  readonly id: string;
  readonly facts: ModelFacts;
  /** Where each fact comes from; facts of an override without a source have none. */
  readonly sources: Readonly<Partial<Record<keyof ModelFacts, FactSource>>>;
}

export interface Catalog {
  /** In the order in which they are asked: of each fact, the first entry that has it wins. */
  readonly entries: readonly CatalogEntry[];
  /** What is known about the model; `undefined` when it is nothing. */
  findModel(id: string): KnownModel | undefined;
}

export interface CatalogOptions {
  /** Your own facts; they win over those of this package. */
  readonly overrides?: readonly CatalogEntry[];
}

const documented: readonly CatalogEntry[] = [
  ...limitEntries,
  ...thinkingEntries,
  ...structuredOutputEntries,
  ...toolEntries,
  ...nativePathEntries,
  ...embeddingEntries,
];

/**
 * The facts of this package with your own before them.
 *
 * @throws QwireError of kind `configuration` that names the member of an override that is wrong.
 */
export function createCatalog(options: CatalogOptions = {}): Catalog {
  checkOptions(options);
  const { overrides = [] } = options;
  const entries = [...overrides, ...documented];
  return { entries, findModel: (id) => findModel(id, entries) };
}

function checkOptions(options: unknown): void {
  checkMembers(options, ['overrides'], { field: '', kind: 'configuration' });
  const { overrides = [] } = options;
  if (!Array.isArray(overrides)) throw invalid('overrides', 'must be a list', 'configuration');
  for (const [index, entry] of overrides.entries()) checkEntry(entry, `overrides[${index}]`);
}

function findModel(id: string, entries: readonly CatalogEntry[]): KnownModel | undefined {
  const found = new Map<string, { readonly value: unknown; readonly source: FactSource | undefined }>();
  for (const { models, facts, source } of entries) {
    if (!matchesModel(models, id)) continue;
    for (const [name, value] of Object.entries(facts)) {
      if (!found.has(name)) found.set(name, { value, source });
    }
  }
  const known = [...found].filter(([, { value }]) => value !== undefined);
  if (known.length === 0) return undefined;
  return {
    id,
    facts: Object.fromEntries(known.map(([name, { value }]) => [name, value])),
    sources: Object.fromEntries(known.flatMap(([name, { source }]) => (source ? [[name, source]] : []))),
  };
}

/** The facts of this package alone. */
export const catalog: Catalog = createCatalog();
