import { registerFuzz } from '@qwire/conformance/vitest';
import { createOpenAICompatible, openAICompatible } from '../src/index.ts';

registerFuzz({ wire: openAICompatible, createClient: createOpenAICompatible });
