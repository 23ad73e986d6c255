import { clientDriver } from '@qwire/conformance';
import { registerSuite } from '@qwire/conformance/vitest';
import { createNodeTransport } from '@qwire/core/node';
import { afterAll } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createDashScope, dashscope } from '../src/index.ts';

const transport = createNodeTransport();
afterAll(() => transport.close());

registerSuite(
  clientDriver({
    name: `${manifest.name} over Node's HTTP client`,
    version: manifest.version,
    wireFormat: 'dashscope',
    supports: dashscope.capabilities,
    createClient: (options) => createDashScope({ ...options, transport }),
  }),
  { carriers: ['loopback'] },
);
