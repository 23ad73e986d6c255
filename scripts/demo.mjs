// Starts the demo, which `npm run demo` builds first, with the project's own Node. Usage: node scripts/demo.mjs --help
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const isWindows = process.platform === 'win32';
const pinnedNode = fileURLToPath(
  new URL(`../node_modules/.bin/node${isWindows ? '.exe' : ''}`, import.meta.url),
);
// The channel to the program that started this one tells which of the two this is.
const isChild = process.connected;

if (!isChild && existsSync(pinnedNode)) runWithPinnedNode();
else await runDemo();

function runWithPinnedNode() {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(pinnedNode, [here, ...process.argv.slice(2)], { stdio });
  // On Windows the terminal tells every program itself, and passing a signal on would end the child at once.
  const passOn = (signal) => isWindows || child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);
  onShellGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`The project's own Node did not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

async function runDemo() {
  const stop = () => process.kill(process.pid, 'SIGTERM');
  if (isChild) {
    // Nothing is left over, even when the program that started this one is killed.
    process.on('disconnect', stop);
    process.channel.unref();
  } else {
    onShellGone(stop);
  }
  const { main } = await import('../apps/demo/dist/server/demo.js');
  process.exitCode = await main(process.argv.slice(2));
}

// npm starts scripts through a shell, and stops only that shell when it is told to stop.
function onShellGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
