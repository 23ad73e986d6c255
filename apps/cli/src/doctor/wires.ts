import type { Client, ClientOptions } from '@qwire/core';
import { isRecord, type WireFormat } from '@qwire/core/adapter-kit';
import { createDashScope, dashscope } from '@qwire/dashscope';
import { createOpenAICompatible, openAICompatible } from '@qwire/openai-compatible';

export const wireNames = ['dashscope', 'openai-compatible'] as const;
export type WireName = (typeof wireNames)[number];

interface Wire {
  readonly title: string;
  readonly create: (options: ClientOptions) => Client;
  readonly format: WireFormat;
  /** Path of one page of the models' listing; `undefined` when there is no such page. */
  readonly listingPath: (page: number) => string | undefined;
  readonly readListing: (body: unknown) => Listing;
}

/** One page of a listing. */
export interface Listing {
  readonly ids: readonly string[];
  /** Of all pages, where the wire has several. */
  readonly total?: number;
}

export const wires: Readonly<Record<WireName, Wire>> = {
  dashscope: {
    title: 'DashScope',
    create: (options) => createDashScope(options),
    format: dashscope,
    // Documented in 2026-09; sources differ on the name of an entry's id.
    listingPath: (page) => `/models?page_no=${page}&page_size=100`,
    readListing: (body) => {
      const output = isRecord(body) && isRecord(body.output) ? body.output : {};
      const ids = readIds(output.models, ['model', 'model_id', 'name']);
      return typeof output.total === 'number' ? { ids, total: output.total } : { ids };
    },
  },
  'openai-compatible': {
    title: 'OpenAI-compatible',
    create: createOpenAICompatible,
    format: openAICompatible,
    // Not documented, but there on pay-as-you-go hosts; it has no pages.
    listingPath: (page) => (page === 1 ? '/models' : undefined),
    readListing: (body) => ({ ids: readIds(isRecord(body) ? body.data : undefined, ['id']) }),
  },
};

function readIds(entries: unknown, names: readonly string[]): readonly string[] {
  if (!Array.isArray(entries)) return [];
  return entries.filter(isRecord).flatMap((entry) => {
    const id = names.map((name) => entry[name]).find((value) => typeof value === 'string' && value !== '');
    return typeof id === 'string' ? [id] : [];
  });
}
