import { registerFuzz } from '@qwire/conformance/vitest';
import { createDashScope, dashscope } from '../src/index.ts';

registerFuzz({ wire: dashscope, createClient: createDashScope });
