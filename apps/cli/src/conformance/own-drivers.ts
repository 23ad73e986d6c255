import { type ClientDriver, clientDriver } from '@qwire/conformance';
import { createDashScope, dashscope } from '@qwire/dashscope';
import nativeManifest from '@qwire/dashscope/package.json' with { type: 'json' };
import { createOpenAICompatible, openAICompatible } from '@qwire/openai-compatible';
import compatibleManifest from '@qwire/openai-compatible/package.json' with { type: 'json' };

/** Drivers of this project's own adapters, one for each wire. */
export const ownDrivers: readonly ClientDriver[] = [
  clientDriver({
    name: compatibleManifest.name,
    version: compatibleManifest.version,
    wireFormat: 'openai-compatible',
    supports: openAICompatible.capabilities,
    createClient: createOpenAICompatible,
  }),
  clientDriver({
    name: nativeManifest.name,
    version: nativeManifest.version,
    wireFormat: 'dashscope',
    supports: dashscope.capabilities,
    createClient: createDashScope,
  }),
];
