import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a task of child.fixture.ts in a process of its own; resolves with the signal that ended it, or null. */
export async function runChild(task: string, place: string, ...numbers: number[]): Promise<string | null> {
  const file = fileURLToPath(new URL('./child.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [file, task, place, ...numbers.map(String)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let problems = '';
  child.stderr.on('data', (text) => {
    problems += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code) reject(new Error(`${task} ended with code ${code}: ${problems}`));
      else resolve(signal);
    });
  });
}
