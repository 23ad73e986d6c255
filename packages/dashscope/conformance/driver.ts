import { clientDriver } from '@qwire/conformance';
import manifest from '../package.json' with { type: 'json' };
import { createDashScope, dashscope } from '../src/index.ts';

/** Makes this adapter perform the suite's cases; it calls the public API and nothing else. */
export default clientDriver({
  name: manifest.name,
  version: manifest.version,
  wireFormat: 'dashscope',
  supports: dashscope.capabilities,
  createClient: createDashScope,
});
