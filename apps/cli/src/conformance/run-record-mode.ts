import { relative } from 'node:path';
import { createRecorder, type Forwarded, type Kept, startRecording } from '@qwire/conformance';
import { colors } from '../colors.ts';
import { waitForStop } from '../emulator/wait-for-stop.ts';
import type { ModeOptions } from './modes.ts';
import { addressOf, idsOf } from './run-live-mode.ts';

/** Where recordings go; `undefined` when none are asked for. */
export function recordingsFolder({ record }: ModeOptions): string | undefined {
  return record === true ? 'recordings' : record;
}

/** `--record`: a server on this machine that sends requests on to the service and keeps them, until Ctrl-C. */
export async function runRecordMode(options: ModeOptions): Promise<void> {
  const { apiKeyFrom, port } = options;
  const folder = recordingsFolder(options) ?? 'recordings';
  const address = addressOf(options);
  const key = process.env[apiKeyFrom]?.trim();
  const recorder = createRecorder({ folder, ids: idsOf(address), ...(key && { keys: [key] }) });
  let kept = 0;
  let withheld = 0;
  const running = await startRecording({
    address,
    recorder,
    port,
    onKept: (result, exchange) => {
      if ('folder' in result) kept += 1;
      else withheld += 1;
      console.log(describe(result, exchange));
    },
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken; give another one with --port`, { cause: error });
  });
  // Before anything is said, so that no Ctrl-C comes too early.
  const stopped = waitForStop();
  console.log(`Exchanges with ${Object.values(address.wires).join(' and ')} are kept in ${folder}.`);
  console.log('Point a client at this machine; it uses its own key:');
  for (const [wire, baseURL] of Object.entries(running.baseURLs))
    console.log(`  ${wire.padEnd(17)}  ${colors.cyan(baseURL)}`);
  console.log(colors.dim('Ctrl-C stops it.\n'));
  await stopped;
  await running.stop();
  console.log(
    kept + withheld === 0
      ? 'Stopped. Nobody called.'
      : `Stopped. ${kept} kept, ${withheld} withheld. Read every line of a recording before you show it to anybody.`,
  );
}

function describe(result: Kept, { wireFormat, request, status, ended }: Forwarded): string {
  const what = `${wireFormat}  ${status ?? ended}  ${request.path.split('?')[0]}`;
  return 'folder' in result
    ? `${what}  ${colors.green(relative('.', result.folder))}`
    : `${what}  ${colors.yellow(`withheld: ${result.withheld}`)}`;
}
