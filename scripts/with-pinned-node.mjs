// Runs a program of the workspace with the pinned Node where there is one. Everything is built already.
// Usage: node scripts/with-pinned-node.mjs <program> [<argument> ...]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const pinnedNode = `${root}node_modules/.bin/node`;

const { status } = spawnSync(existsSync(pinnedNode) ? pinnedNode : process.execPath, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
