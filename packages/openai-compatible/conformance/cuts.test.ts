import { registerCuts } from '@qwire/conformance/vitest';
import { openAICompatible } from '../src/index.ts';

registerCuts(openAICompatible);
