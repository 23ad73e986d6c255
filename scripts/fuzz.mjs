// The long form of fuzzing: the properties of readers, requests and whole calls, 5000 runs each unless FUZZ_RUNS says otherwise. Everything
// is built already. Usage: FUZZ_RUNS=20000 node scripts/fuzz.mjs [folder ...] [options of vitest]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const pinnedNode = `${root}node_modules/.bin/node`;
const folders = ['packages/core', 'packages/openai-compatible', 'packages/dashscope', 'packages/emulator'];

const args = process.argv.slice(2);
const asked = folders.filter((folder) => args.includes(folder));
const options = args.filter((arg) => !folders.includes(arg));
const env = { ...process.env, FUZZ_RUNS: process.env.FUZZ_RUNS || '5000' };

let failed = false;
for (const folder of asked.length > 0 ? asked : folders) {
  const { status } = spawnSync(
    existsSync(pinnedNode) ? pinnedNode : process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', 'fuzz', '--passWithNoTests', ...options],
    { cwd: `${root}${folder}`, env, stdio: 'inherit' },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
