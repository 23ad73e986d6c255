import { createNodeTransport } from '@qwire/core/node';
import { qwireSubject } from './qwire-subject.ts';
import type { Subject } from './subject.ts';

/** Both adapters over everything that carries requests, and with what has to come before one is sent. */
export const carriers: Readonly<Record<string, () => Subject>> = {
  fetch: () => qwireSubject({ name: 'fetch' }),
  node: () => {
    const transport = createNodeTransport();
    return qwireSubject({ name: 'node:http', transport, close: transport.close });
  },
  'key-from-store': () => qwireSubject({ name: 'fetch, with a key from a store', keyFromStore: true }),
};
