import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
// No contender takes as long; one that hangs must not hang the rest.
const timeout = 120_000;

/** Runs a program of this folder in a fresh process, and reads the JSON that it prints. */
export async function runProgram<T>(name: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['--expose-gc', program(name), ...args], { timeout });
  return JSON.parse(stdout);
}

/** Lends the server, in a process of its own, by its port. */
export async function withServer<T>(use: (port: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [program('server')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [line] = await once(server.stdout, 'data');
    return await use(String(line).trim());
  } finally {
    server.kill();
  }
}
