import { createDashScope, dashscope } from '@qwire/dashscope';
import { qwireClient } from '../../src/qwire-client.ts';
import { versionOf } from '../../src/version-of.ts';

export const qwireDashScope = qwireClient({
  name: '@qwire/dashscope',
  version: versionOf('@qwire/dashscope'),
  wireFormat: 'dashscope',
  supports: dashscope.capabilities,
  createClient: createDashScope,
});
