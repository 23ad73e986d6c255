import { createNodeTransport } from '@qwire/core/node';
import { qwireSubject } from './qwire-subject.ts';
import type { Subject } from './subject.ts';

/** Both adapters over everything that carries requests. */
export const carriers: Readonly<Record<string, () => Subject>> = {
  fetch: () => qwireSubject({ name: 'fetch' }),
  node: () => {
    const transport = createNodeTransport();
    return qwireSubject({ name: 'node:http', transport, close: transport.close });
  },
};
