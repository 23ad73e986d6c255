import { registerChatFacts } from '@qwire/conformance/vitest';
import driver from './driver.ts';

registerChatFacts(driver);
