import { referenceClient } from '../../defects/reference-client.ts';
import { startCarrier } from '../run-suite.ts';
import { isComplete, joinChatFacts } from './chat-facts.ts';
import { describeChatFacts } from './describe-chat-facts.ts';
import type { Join } from './join.ts';
import { createNoticer } from './reply-edits.ts';

/** Which facts about chat no case shows. It fails on those, on entries that claim too much, and on what no entry names. */
export const chatFactsJoin: Join = {
  title: 'Facts about chat',
  async run(index) {
    const carrier = await startCarrier('intercept');
    try {
      const notices = createNoticer({ driver: (testCase) => referenceClient(testCase), carrier });
      const joined = await joinChatFacts({ index, notices, blindTo: scripted });
      return {
        text: describeChatFacts(joined),
        complete: joined.every(isComplete),
      };
    } finally {
      await carrier.stop();
    }
  },
};

/** What the reference client takes from the case's expectation, whatever the reply says. */
export const scripted: readonly string[] = ['error.param'];
