import { registerSuite } from '@qwire/conformance/vitest';
import driver from './driver.ts';

registerSuite(driver);
