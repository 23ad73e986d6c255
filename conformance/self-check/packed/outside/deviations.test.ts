import type { Deviation } from '@qwire/conformance';
import { registerSuite } from '@qwire/conformance/vitest';
import driver from './driver.ts';

const entry: Omit<Deviation, 'case' | 'observed'> = {
  cause: 'our-defect',
  requestDifferences: [],
  because: 'A sample',
  since: '2026-01-01',
  reviewBy: '2999-01-01',
};

registerSuite(
  { ...driver, name: 'toy with deviations' },
  {
    carriers: ['loopback'],
    deviations: [
      // True: this is what it does.
      {
        ...entry,
        case: 'openai-compatible/chat/reasoning',
        observed: { ended: 'completed', response: { reasoning: null } },
      },
      // Not true any more: the case passes.
      { ...entry, case: 'openai-compatible/chat/text', observed: { ended: 'failed' } },
      // Of no case.
      { ...entry, case: 'openai-compatible/chat/no-such-case', observed: {} },
    ],
  },
);
