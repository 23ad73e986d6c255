import { clientDriver } from '@qwire/conformance';
import manifest from '../package.json' with { type: 'json' };
import { createOpenAICompatible, openAICompatible } from '../src/index.ts';

/** Makes this adapter perform the suite's cases; it calls the public API and nothing else. */
export default clientDriver({
  name: manifest.name,
  version: manifest.version,
  wireFormat: 'openai-compatible',
  supports: openAICompatible.capabilities,
  createClient: createOpenAICompatible,
});
