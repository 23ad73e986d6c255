import type { BenchClient, Contender } from './contender.ts';
import { readCounts } from './counts.ts';
import type { Measure } from './measures.ts';
import { grownMeasure, measures } from './measures.ts';
import { renderReply } from './reply.ts';
import type { Round } from './round.ts';

// Run as a program of its own: node worker.ts <contender> <measure> <port> <share of the operations>
const [name = '', measureName = '', port = '', share = '1'] = process.argv.slice(2);
// The engine compiles what it sees often, in several steps: what is measured before that is the engine.
const [warmUpMs, measuredMs] = [1500, 1000];
const measure = measures[measureName] ?? grownMeasure(measureName);
if (measure === undefined) throw new Error(`There is no measure called ${measureName}`);
const { contender }: { contender: Contender } = await import(`./contenders/${name}.ts`);
const origin = `http://127.0.0.1:${port}`;
const reply = renderReply(measure.reply, contender.wire);
const client = contender.connect(`${origin}/${measure.reply}`, { messages: measure.messages ?? 1 });

await repeat(client, measure, {
  times: Math.ceil(measure.warmUp * Number(share)),
  ms: warmUpMs * Number(share),
});
const { connections: before } = await readCounts(origin);
const [cpu, start] = [process.cpuUsage(), performance.now()];
// Connections are counted over ten streams, however quick the run.
const counts = measure.group === 'connections';
const operations = await repeat(client, measure, {
  times: Math.ceil(measure.operations * (counts ? 1 : Number(share))),
  ms: counts ? 0 : measuredMs * Number(share),
});
const { user, system } = process.cpuUsage(cpu);
const wall = (performance.now() - start) * 1000;
const divisor = operations * (measure.per === 'event' ? reply.events : 1);
const round: Round = {
  cpu: (user + system) / divisor,
  wall: wall / divisor,
  connections: (await readCounts(origin)).connections - before,
};
process.stdout.write(JSON.stringify(round), () => process.exit());

/** Both are kept to: so many times at least, and so long at least. Tells how often it was done. */
async function repeat(
  client: BenchClient,
  { operation, inFlight }: Measure,
  atLeast: { readonly times: number; readonly ms: number },
): Promise<number> {
  const end = performance.now() + atLeast.ms;
  let begun = 0;
  const lane = async () => {
    while (begun < Math.max(1, atLeast.times) || performance.now() < end) {
      begun += 1;
      const received = await client[operation]();
      if (received !== reply.text) {
        throw new Error(`${name} made ${received.length} characters of ${reply.text.length}, or others`);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return begun;
}
