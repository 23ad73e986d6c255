import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchClient, Contender } from './contender.ts';
import { packagesOf } from './contenders.ts';

// Run as a program of its own: node --expose-gc probe-worker.ts <contender> <probe> <port> <streams>
const [name = '', probe = '', port = '', streams = '1000'] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
// What the engine compiles and remembers for the first streams is there once, however many are open.
const warmUpStreams = 50;
const measured: Readonly<Record<string, () => Promise<number>>> = {
  heap: () => measureHeap(Number(streams)),
  'read-ahead': measureReadAhead,
  leave: measureLeave,
  import: measureImport,
  'first-call': measureFirstCall,
};
const measure = measured[probe];
if (measure === undefined) throw new Error(`There is no probe called ${probe}`);
const value = await measure();
process.stdout.write(JSON.stringify(value), () => process.exit());

async function connect(reply: string): Promise<BenchClient> {
  const { contender }: { contender: Contender } = await import(`./contenders/${name}.ts`);
  return contender.connect(`${origin}/${reply}`);
}

/** In KiB for each stream. All have handed out what was sent, and wait for more. */
async function measureHeap(count: number): Promise<number> {
  const client = await connect('held-3');
  const kept: AsyncIterable<unknown>[] = [];
  let begun = 0;
  const open = async () => {
    const stream = await client.open();
    kept.push(stream);
    drain(stream, () => begun++).catch(() => {});
  };
  const openMore = async (more: number) => {
    const all = kept.length + more;
    while (kept.length < all) {
      await Promise.all(Array.from({ length: Math.min(50, all - kept.length) }, open));
    }
    for (let waited = 0; begun < all && waited < 200; waited++) await sleep(50);
    if (begun < all) throw new Error(`${name} handed out nothing in ${all - begun} streams`);
    await sleep(300);
  };
  await openMore(warmUpStreams);
  const before = usedHeap();
  await openMore(count);
  return (usedHeap() - before) / count / 1024;
}

async function drain(stream: AsyncIterable<unknown>, onFirst: () => void): Promise<void> {
  let isFirst = true;
  for await (const _ of stream) {
    if (isFirst) onFirst();
    isFirst = false;
  }
}

function usedHeap(): number {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** In MB: what the server could send to a client whose caller took one piece and then nothing for a second. */
async function measureReadAhead(): Promise<number> {
  const { readCounts } = await import('./counts.ts');
  const client = await connect('endless-512');
  const before = (await readCounts(origin)).bytes;
  const iterator = (await client.open())[Symbol.asyncIterator]();
  await iterator.next();
  await sleep(1000);
  return ((await readCounts(origin)).bytes - before) / 1e6;
}

/** In ms, from leaving the loop until the server sees the request end. */
async function measureLeave(): Promise<number> {
  const { readCounts } = await import('./counts.ts');
  const client = await connect('held-3');
  const others = (await readCounts(origin)).open;
  for await (const _ of await client.open()) break;
  const start = performance.now();
  while (performance.now() - start < 2000) {
    // The counts' own reply is one that is not counted.
    if ((await readCounts(origin)).open <= others) return performance.now() - start;
    await sleep(2);
  }
  return 2000;
}

async function measureImport(): Promise<number> {
  const start = performance.now();
  for (const specifier of packagesOf[name] ?? []) await import(specifier);
  return performance.now() - start;
}

async function measureFirstCall(): Promise<number> {
  const client = await connect('call-1024');
  const start = performance.now();
  await client.chat();
  return performance.now() - start;
}
