// Loads one process with streams for minutes, and prints what came of it; fails when an event was lost or memory grew.
// Usage: node src/soak/print-soak.ts [--minutes 5] [--streams 1000] [--wire both] [--over fetch|node] [--seed <number>]
import { parseArgs } from 'node:util';
import { createNodeTransport } from '@qwire/core/node';
import { type Wire, wires } from '../wire.ts';
import { judgeSoak } from './judge-soak.ts';
import { runSoak } from './run-soak.ts';
import { roundText, soakText } from './soak-text.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    streams: { type: 'string', default: '1000' },
    wire: { type: 'string', default: 'both' },
    over: { type: 'string', default: 'fetch' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const numbers = {
  minutes: numberOf('minutes', values.minutes),
  streams: numberOf('streams', values.streams),
  seed: numberOf('seed', values.seed),
};
const chosen = wires.filter((wire: Wire) => values.wire === 'both' || values.wire === wire);
if (chosen.length === 0) stop(`--wire: must be both, ${wires.join(' or ')}`);
if (values.over !== 'fetch' && values.over !== 'node') stop('--over: must be fetch or node');

console.log(
  `${numbers.streams} streams at a time for ${numbers.minutes} min over ${values.over}, seed ${numbers.seed}`,
);
const transport = values.over === 'node' ? createNodeTransport() : undefined;
let rounds = 0;
const report = await runSoak({
  seed: numbers.seed,
  streams: numbers.streams,
  durationMs: numbers.minutes * 60_000,
  wires: chosen,
  roundMs: 20_000,
  meanEvents: 30,
  stallMs: 10_000,
  ...(transport && { transport }),
  onRound(round) {
    rounds += 1;
    console.log(roundText(round, rounds));
  },
});
transport?.close();
const problems = judgeSoak(report);
console.log(`\n${soakText(report)}`);
console.log(
  problems.length === 0 ? '\nAll is well.' : `\n${problems.length} problems; the first: ${problems[0]}`,
);
process.exit(problems.length === 0 ? 0 : 1);

function numberOf(name: string, text: string): number {
  const number = Number(text);
  return number >= 0 && text !== ''
    ? number
    : stop(`--${name}: must be a number, got ${JSON.stringify(text)}`);
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
