import { createEmulator, type Emulator, type EmulatorConfig, type RunningEmulator } from '@qwire/emulator';
import getPort, { portNumbers } from 'get-port';
import { billText } from './bill-text.ts';
import { requestLine } from './request-line.ts';
import { waitForStop } from './wait-for-stop.ts';
import { welcomeText } from './welcome-text.ts';

export interface RunOptions {
  readonly config: EmulatorConfig;
  readonly file: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly quiet: boolean;
}

/**
 * Serves until Ctrl-C or a request to end, then shows what was used.
 * @throws Error when the address cannot be listened on.
 */
export async function runEmulator({
  config,
  file,
  port,
  host,
  allowedHosts,
  quiet,
}: RunOptions): Promise<void> {
  const emulator: Emulator = createEmulator(config, {
    onRequest: (record) => {
      if (!quiet) console.log(requestLine(record, emulator.config));
    },
  });
  const running = await listenNear(emulator, { port, host, allowedHosts });
  if (port !== 0 && running.port !== port) console.log(`Port ${port} is taken; using ${running.port}.\n`);
  console.log(welcomeText({ emulator, running, file }));
  await waitForStop();
  await running.close();
  if (!quiet) console.log(billText(emulator.usage()));
}

async function listenNear(
  emulator: Emulator,
  options: Pick<RunOptions, 'port' | 'host' | 'allowedHosts'>,
): Promise<RunningEmulator> {
  const { port, host } = options;
  try {
    return await emulator.listen(options);
  } catch (error) {
    if (!isTaken(error)) throw new Error(`Cannot listen on ${host}: ${String(error)}`, { cause: error });
    const next = portNumbers(port + 1 > 65_535 ? 1024 : port + 1, 65_535);
    return await emulator.listen({ ...options, port: await getPort({ port: next, host }) });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
