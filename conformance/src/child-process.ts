import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createLineReader, type LineListener } from './child-lines.ts';

/** How a client in another language is started. */
export interface ChildCommand {
  /** A line for the shell, such as `python3 driver.py`. */
  readonly command: string;
  /** Where it runs; this process's own folder unless given. */
  readonly cwd?: string;
}

interface ChildListener extends LineListener {
  /** Called once, when the child has ended, or could not begin; all its lines have been read by then. */
  onEnd(because: string): void;
}

/** A running child: lines in, lines out. */
export interface Child {
  write(line: string): void;
  /** The end of what it wrote to stderr, for messages; empty when it wrote nothing. */
  readonly lastWords: string;
  /** Whether the child keeps this process alive. */
  hold(isNeeded: boolean): void;
  /** Ends its input and gives it a moment to leave. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Ends it now, with everything that it started. */
  kill(): void;
}

/** How long a child may take to leave once its input has ended. */
const graceMs = 2000;
const keptOfStderr = 2000;

/** Starts a child. It does not outlive this process. */
export function startChild({ command, cwd }: ChildCommand, listener: ChildListener): Child {
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that what the shell started can be ended with it.
    detached: !isWindows,
    windowsHide: true,
    env: environment(),
    ...(cwd !== undefined && { cwd }),
  });
  const ended = Promise.withResolvers<void>();
  const reader = createLineReader(listener);
  let lastWords = '';

  const kill = () => killGroup(child);
  process.once('exit', kill);
  child.stdout.on('data', reader);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-keptOfStderr);
  });
  // What is written to a child that has gone is of no use; that it has gone is told below.
  child.stdin.on('error', () => {});
  child.once('error', (error) => end(`could not be started: ${error.message}`));
  // Whatever it left behind may hold its pipes open, so that they would never close.
  child.once('exit', kill);
  child.once('close', (code, signal) =>
    end(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
  );

  return {
    write: (line) => void child.stdin.write(`${line}\n`),
    get lastWords() {
      return lastWords.trim();
    },
    hold(isNeeded) {
      for (const handle of [child, child.stdin, child.stdout, child.stderr] as (ChildProcess | Socket)[]) {
        if (isNeeded) handle.ref();
        else handle.unref();
      }
    },
    async stop() {
      this.hold(true);
      child.stdin.end();
      const timer = setTimeout(kill, graceMs);
      await ended.promise;
      clearTimeout(timer);
    },
    kill,
  };

  function end(because: string): void {
    process.off('exit', kill);
    ended.resolve();
    listener.onEnd(because);
  }
}

const isWindows = process.platform === 'win32';

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (isWindows) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** This process's variables, without what would give a client a key, an address or a way around loopback. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(DASHSCOPE_.*|no_proxy)$/i.test(name));
  return { ...Object.fromEntries(kept), NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
}
