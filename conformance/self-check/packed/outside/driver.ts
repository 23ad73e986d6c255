import { clientDriver } from '@qwire/conformance';
import { createClient } from '@qwire/core/adapter-kit';
import { toyWire } from './toy-wire.ts';

export default clientDriver({
  name: 'toy',
  version: '0.0.1',
  wireFormat: 'openai-compatible',
  supports: toyWire.capabilities,
  createClient: (options) => createClient(toyWire, options),
});
