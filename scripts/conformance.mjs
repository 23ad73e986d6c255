// Holds both adapters to the conformance suite, with the pinned Node where there is one. Everything is built already.
// Usage: node scripts/conformance.mjs [--filter <text>] [--carrier intercept|loopback|both]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const pinnedNode = `${root}node_modules/.bin/node`;
const adapters = ['openai-compatible', 'dashscope'];

const { status } = spawnSync(
  existsSync(pinnedNode) ? pinnedNode : process.execPath,
  [
    'apps/cli/bin/qwire.js',
    'conformance',
    ...adapters.flatMap((adapter) => ['--driver', `packages/${adapter}/conformance/driver.ts`]),
    '--output',
    'reports/conformance',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
