// Prints how much of what is documented the cases cover. Usage: pnpm --filter @qwire/conformance coverage
import { loadCases } from '../load-cases.ts';
import { chatFactsJoin } from './chat-facts-join.ts';
import { errorCodeJoin } from './error-codes.ts';
import type { Join } from './join.ts';

const joins: readonly Join[] = [errorCodeJoin, chatFactsJoin];

const index = loadCases();
for (const { title, run } of joins) {
  const { text, complete } = await run(index);
  console.log(`${title}\n\n${text}\n`);
  if (!complete) process.exitCode = 1;
}
