import { createConsole } from '../server/create-console.ts';
import type { DemoOptions } from './demo-options.ts';
import { openEmulatorTarget } from './emulator-target.ts';
import { openLiveTarget } from './live-target.ts';
import { createPrinter, type Output } from './printer.ts';
import { showReplies } from './show-replies.ts';
import type { Target } from './target.ts';

interface DemoContext {
  readonly output: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the demo. */
  readonly signal: AbortSignal;
}

/**
 * Shows replies, then serves the console until the signal aborts. Whatever was started is stopped again.
 * @throws QwireError or TypeError that says why there is nothing to show.
 */
export async function runDemo(options: DemoOptions, context: DemoContext): Promise<void> {
  const { output, environment, signal } = context;
  const printer = createPrinter(output);
  const target = options.live ? openLiveTarget(environment) : await openEmulatorTarget();
  try {
    const [{ name, id, granted }] = target.workspaces;
    printer.line();
    printer.fact('Service', target.service);
    printer.fact('Workspace', [name, id !== undefined && id !== name && `(${id})`].filter(Boolean).join(' '));
    if (granted !== undefined) printer.fact('Granted', granted.join(', '));
    await showReplies(printer, target, { ...options, signal });
    await serveConsole(target, { port: options.port, signal, onUrl: (url) => announce(url) });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await target.close();
  }

  function announce(url: string): void {
    printer.line();
    printer.fact('Console', url);
    printer.line('Ctrl-C stops everything.');
  }
}

interface ServeOptions {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onUrl: (url: string) => void;
}

async function serveConsole(
  { service, workspaces }: Target,
  { port, signal, onUrl }: ServeOptions,
): Promise<void> {
  const app = createConsole({ service, workspaces });
  try {
    onUrl(await app.listen({ port }));
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await app.close();
  }
}
