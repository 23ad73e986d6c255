import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { copyAtRest } from './copy-at-rest.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function folders() {
  const base = await mkdtemp(join(tmpdir(), 'qwire-copy-'));
  cleanups.push(() => rm(base, { recursive: true }));
  const [from, to] = [join(base, 'from'), join(base, 'to')];
  await mkdir(join(from, 'inner'), { recursive: true });
  await writeFile(join(from, 'inner', 'file'), '0');
  return { from, to, file: join(from, 'inner', 'file') };
}

/** Writes into the file, always as much of it, until it is stopped. */
function keepWriting(file: string) {
  let isOn = true;
  const writing = (async () => {
    for (let count = 0; isOn; count = (count + 1) % 10) await writeFile(file, String(count));
  })();
  const stop = async () => {
    isOn = false;
    await writing;
  };
  cleanups.unshift(stop);
  return stop;
}

test('copies folders in folders', async () => {
  const { from, to } = await folders();
  await copyAtRest(from, to);
  expect(await readdir(to, { recursive: true })).toEqual(['inner', join('inner', 'file')]);
});

test('a folder that is written to all the time is not copied', async () => {
  const { from, to, file } = await folders();
  keepWriting(file);
  await expect(copyAtRest(from, to, { limitMs: 200 })).rejects.toThrow(/another process writes into it/);
});

test('a folder that comes to rest is copied as it is then', async () => {
  const { from, to, file } = await folders();
  const stop = keepWriting(file);
  const copied = copyAtRest(from, to);
  await stop();
  await writeFile(file, 'last');
  await copied;
  expect(await readFile(join(to, 'inner', 'file'), 'utf8')).toBe('last');
});
