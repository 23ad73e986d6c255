// Installs the pinned toolchain and runs turbo tasks. Plain Node 18 or newer, no dependencies:
// this is what makes `npm test` work on a machine that has only Node and npm.
// Usage: node scripts/bootstrap.mjs <turbo task> [<turbo task> ...]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const wantedPnpm = manifest.packageManager.split('@')[1];
const shell = process.platform === 'win32';
const env = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...process.env };

function run(command, args, options) {
  return spawnSync(command, args, { cwd: root, shell, env, stdio: 'inherit', ...options });
}

const installed = run('pnpm', ['--version'], { stdio: 'pipe', encoding: 'utf8', timeout: 20_000 });
const pnpm =
  installed.status === 0 && installed.stdout.trim() === wantedPnpm
    ? ['pnpm']
    : ['npx', '--yes', '--ignore-scripts=false', `pnpm@${wantedPnpm}`];

function step(...args) {
  const { status, signal } = run(pnpm[0], [...pnpm.slice(1), ...args]);
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

step('install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn');

const [major, minor] = process.versions.node.split('.').map(Number);
const nodeIsNewEnough = major > 24 || (major === 24 && minor >= 11) || (major === 22 && minor >= 18);
if (!nodeIsNewEnough && !existsSync(`${root}node_modules/.bin/node`)) {
  console.error(
    `Node ${process.version} is too old, and there is no pinned Node for this platform. Install Node 24.`,
  );
  process.exit(1);
}

// One task for each core: more would only make tests with time limits compete.
step('exec', 'turbo', 'run', '--concurrency=100%', ...process.argv.slice(2));
