import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `qwire conformance` as its users do, with no variable of the service but the ones given. */
export async function runCommand(
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  { cwd = process.cwd() }: { readonly cwd?: string } = {},
): Promise<Finished> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'conformance', ...args], {
      env: environment(variables),
      cwd,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Finished;
    return { code, stdout, stderr };
  }
}

/** Starts it, and gives it Ctrl-C once it has written the text. */
export async function interruptCommand(
  args: readonly string[],
  when: RegExp,
  variables: NodeJS.ProcessEnv = {},
  meanwhile: (output: string) => Promise<void> = async () => {},
): Promise<Finished> {
  const child = spawn(process.execPath, [bin, 'conformance', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(variables),
  });
  let stdout = '';
  let stderr = '';
  let isDue = true;
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    if (!isDue || !when.test(stdout)) return;
    isDue = false;
    void meanwhile(stdout).finally(() => child.kill('SIGINT'));
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

function environment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
  const others = Object.entries(rest).filter(([name]) => !name.startsWith('DASHSCOPE_'));
  return { ...Object.fromEntries(others), ...variables };
}
