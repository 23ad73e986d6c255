import { registerCuts } from '@qwire/conformance/vitest';
import { dashscope } from '../src/index.ts';

registerCuts(dashscope);
