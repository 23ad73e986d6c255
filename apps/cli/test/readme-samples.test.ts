import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = fileURLToPath(new URL('.samples/', import.meta.url));
const preload = new URL('answer-from-emulator.mjs', import.meta.url).href;
const run = promisify(execFile);

mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every `ts` block of a README is a program; blocks that are not are marked `ts no-run`. */
const samples = findReadmes(root).flatMap((file) => {
  const blocks = [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)];
  return blocks.map(([, code = ''], index) => ({ name: `${relative(root, file)} #${index + 1}`, code }));
});

test('there are samples', () => {
  expect(samples.length).toBeGreaterThan(5);
});

test.each(samples)('$name runs', async ({ name, code }) => {
  const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.ts`);
  writeFileSync(file, code);
  const { stderr } = await run(process.execPath, ['--import', preload, file], {
    cwd: dirname(file),
    env: {
      PATH: process.env.PATH,
      NO_COLOR: '1',
      DASHSCOPE_API_KEY: 'sk-default',
      MARKETING_API_KEY: 'sk-marketing',
      DASHSCOPE_API_REGION: 'singapore',
    },
  });
  expect(stderr).toBe('');
});

function findReadmes(at: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'reports', '.git', 'cases', '.samples'].includes(entry.name)) return [];
    const path = join(at, entry.name);
    if (entry.isDirectory()) return findReadmes(path);
    return entry.name === 'README.md' ? [path] : [];
  });
}
