import { expect, test } from 'vitest';
import { wires } from '../wire.ts';
import { runSoak } from './run-soak.ts';
import { soakText } from './soak-text.ts';

// A short form: whether memory grows at all is for `npm run soak` to say.
const mostGrowth = 20 * 2 ** 20;

test('hundreds of streams at a time lose no event, keep their order and leave nothing behind', async () => {
  const report = await runSoak({
    seed: Date.now() % 1_000_000,
    streams: 250,
    durationMs: 10_000,
    roundMs: 2_000,
    wires,
    meanEvents: 10,
    stallMs: 3_000,
  });
  console.log(soakText(report));
  expect(report.problems).toEqual([]);
  expect(report.unhandled).toEqual([]);
  expect(report.lostEvents).toBe(0);
  expect(report.openStreams).toBe(0);
  expect(report.peakStreams).toBeGreaterThan(100);
  const used = report.rounds.map((round) => round.usedBytes);
  expect((used.at(-1) ?? 0) - (used[0] ?? 0)).toBeLessThan(mostGrowth);
});
