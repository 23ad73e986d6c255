import { registerSuite } from '@qwire/conformance/vitest';
import driver from './driver.ts';

const { 'audio-input': _, ...supports } = driver.supports;
registerSuite({ ...driver, supports: supports as typeof driver.supports });
