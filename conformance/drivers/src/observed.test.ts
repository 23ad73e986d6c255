import { loadCases } from '@qwire/conformance';
import { expect, test } from 'vitest';
import { openai } from '../clients/openai/client.ts';
import { toDeviation } from './observed.ts';
import { boardCases, runClient } from './run-board.ts';

const dates = { today: '2026-11-23', reviewBy: '2027-02-21' };
const cases = boardCases(loadCases()).filter(
  ({ id }) => id === 'openai-compatible/endings/early-end-after-text',
);

test('a deviation holds what was seen, and keeps its wording while that stays the same', async () => {
  const [scored] = await runClient(openai, cases);
  if (!scored) throw new Error('The case was not run');
  const fresh = toDeviation(scored, { known: undefined, ...dates });
  expect(fresh).toMatchObject({
    case: 'openai-compatible/endings/early-end-after-text',
    cause: 'client-defect',
    because: 'Shows an answer that failed or broke off as a complete one',
    observed: { ended: 'completed' },
    since: '2026-11-23',
  });
  const reviewed = { ...fresh, because: 'The end is not looked for', since: '2026-01-01' };
  expect(toDeviation(scored, { known: reviewed, ...dates })).toBe(reviewed);
  const other = { ...reviewed, observed: { ended: 'failed' as const } };
  expect(toDeviation(scored, { known: other, ...dates })).toEqual(fresh);
});
