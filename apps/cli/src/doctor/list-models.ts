import { QwireError } from '@qwire/core';
import { createSender, parseJson } from '@qwire/core/adapter-kit';
import type { ListModels } from '@qwire/workspaces';
import { type Listing, type WireName, wires } from './wires.ts';

const mostPages = 20;
const patience = { connectMs: 10_000, firstEventMs: 20_000, idleMs: 10_000, totalMs: 60_000 };

/** Asks the service which models it lists, page by page. */
export function listModelsOver(name: WireName): ListModels {
  const { format, listingPath, readListing } = wires[name];

  return async (client, { signal }) => {
    const sender = createSender(format, client);
    const ids: string[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const path = listingPath(page);
      if (path === undefined) break;
      const request = { method: 'GET', path, headers: {}, warnings: [] } as const;
      const options = { maxRetries: 0, timeouts: patience, ...(signal && { signal }) };
      const found = await sender.send(request, read, options);
      ids.push(...found.ids);
      if (found.ids.length === 0 || found.total === undefined || ids.length >= found.total) break;
    }
    return ids;
  };

  function read(body: string): Listing {
    const listing = readListing(parseJson(body));
    if (listing.ids.length > 0) return listing;
    throw new QwireError('The service listed no models', { kind: 'invalid-response' });
  }
}
