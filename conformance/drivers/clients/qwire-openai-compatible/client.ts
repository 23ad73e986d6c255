import { createOpenAICompatible, openAICompatible } from '@qwire/openai-compatible';
import { qwireClient } from '../../src/qwire-client.ts';
import { versionOf } from '../../src/version-of.ts';

export const qwireOpenAICompatible = qwireClient({
  name: '@qwire/openai-compatible',
  version: versionOf('@qwire/openai-compatible'),
  wireFormat: 'openai-compatible',
  supports: openAICompatible.capabilities,
  createClient: createOpenAICompatible,
});
