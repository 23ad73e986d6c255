import { expect, test } from 'vitest';
import { loadChatFacts } from './coverage/chat-fact-schema.ts';
import { checkReplyClaims } from './coverage/check-reply-claims.ts';
import { namedCases } from './coverage/evidence.ts';
import { createNoticer } from './coverage/reply-edits.ts';
import type { ClientDriver } from './driver.ts';
import { type CaseIndex, loadCases } from './load-cases.ts';
import { startCarrier } from './run-suite.ts';

/**
 * Registers one vitest test that takes away, in turn, each member and header of a reply that the coverage list says is
 * read: some case must fail without it, or the client does not read it. What the list says may be missing, may be.
 */
export function registerChatFacts(driver: ClientDriver, cases: CaseIndex = loadCases()): void {
  test(`${driver.name} reads what the coverage list says is read, and nothing that it says is not`, async () => {
    const own = cases.cases.filter(({ wireFormat }) => wireFormat === driver.wireFormat);
    const carrier = await startCarrier('intercept');
    const untrue: string[] = [];
    try {
      const notices = createNoticer({ driver: () => driver, carrier });
      for (const fact of loadChatFacts()[driver.wireFormat]) {
        const verdicts = await checkReplyClaims(fact, { found: namedCases(fact, own).found, notices });
        untrue.push(...verdicts.untrue.map((problem) => `${fact.id}: ${problem}`));
      }
    } finally {
      await carrier.stop();
    }
    expect(untrue).toEqual([]);
  }, 120_000);
}
