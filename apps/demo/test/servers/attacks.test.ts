import { test } from 'vitest';
import { shippedServers } from './shipped-servers.fixture.ts';
import { type Held, startHostile } from './start-hostile.fixture.ts';
import { askWell } from './talk.fixture.ts';

/**
 * Connections that wait, at each of three servers of this process: more than a server keeps, as far as the machine lets
 * it open files. `IDLE_CONNECTIONS=10000` is the long form.
 */
const idle = Math.min(Number(process.env.IDLE_CONNECTIONS ?? 4400), Math.floor(openFiles() / 2));
const dripping = 200;

test.concurrent.for(Object.entries(shippedServers))(
  '$0 serves others while thousands of clients hold on to it, and closes those that wait',
  { timeout: 120_000 },
  async ([name, openServer], { expect }) => {
    const server = await openServer();
    const { port, ask } = server;
    const held: Held[] = [];
    let isOver = false;
    const statuses: (number | undefined)[] = [];
    const asking = (async () => {
      while (!isOver) {
        statuses.push((await askWell(server)).status);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    try {
      const attack = { port, path: ask.path };
      const started = await Promise.all([
        startHostile({ ...attack, kind: 'slow body', count: dripping, from: '127.0.0.2' }),
        startHostile({ ...attack, kind: 'slow headers', count: dripping, from: '127.0.0.3' }),
        startHostile({ ...attack, kind: 'half open', count: dripping, from: '127.0.0.4' }),
        startHostile({ ...attack, kind: 'idle', count: idle / 2, from: '127.0.0.5' }),
        startHostile({ ...attack, kind: 'idle', count: idle / 2, from: '127.0.0.6' }),
      ]);
      held.push(...started);
      const [, ...waiting] = started;
      expect(started.map(({ opened }) => opened)).toEqual([dripping, dripping, dripping, idle / 2, idle / 2]);
      console.log(`${name}: ${idle} idle and ${3 * dripping} dripping connections were opened`);
      statuses.push((await askWell(server)).status);
      // Without a request, or with one whose headers never end, they are closed.
      for (const one of waiting)
        await expect.poll(() => one.countOpen(), { timeout: 60_000, interval: 300 }).toBe(0);
      isOver = true;
      await asking;
      expect(statuses.length).toBeGreaterThan(10);
      expect(new Set(statuses)).toEqual(new Set([200]));
    } finally {
      isOver = true;
      await asking.catch(() => {});
      for (const one of held) one.stop();
      await server.close();
    }
    await expect(askWell(server)).rejects.toThrow('ECONNREFUSED');
  },
);

function openFiles(): number {
  const { userLimits } = process.report.getReport() as {
    userLimits: { open_files: { hard: number | string } };
  };
  const { hard } = userLimits.open_files;
  return typeof hard === 'number' ? hard : 65_536;
}
