import type { ClientDriver } from '@qwire/conformance';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { leaveOnSignal } from './leave-on-signal.ts';
import { type ClientOptions, loadDrivers } from './load-driver.ts';
import { ownDrivers } from './own-drivers.ts';
import { runLiveMode } from './run-live-mode.ts';
import { runRecordMode } from './run-record-mode.ts';
import { printSetup, runServerMode } from './run-server-mode.ts';

/** Options of the modes that ask a server in place of the stored replies. */
export interface ModeOptions extends ClientOptions {
  readonly baseUrl?: string;
  readonly live?: true;
  /** The folder; `true` when none was named. */
  readonly record?: true | string;
  readonly setup?: string;
  readonly printSetup?: true;
  readonly region?: string;
  readonly workspace?: string;
  readonly apiKeyFrom: string;
  readonly maxCalls: number;
  readonly maxCost: number;
  readonly port: number;
  readonly filter?: string;
  readonly output?: string;
}

const examples = `
Examples:
  qwire conformance --driver ./my-driver.js               hold a client to the stored exchanges
  qwire conformance --base-url http://127.0.0.1:4010      is this server (here: qwire emulator) a faithful Model Studio?
  qwire conformance --live --region singapore             call the service with the key in DASHSCOPE_API_KEY
  qwire conformance --record --region singapore           keep what a client of yours exchanges with the service`;

/** Options that mean nothing where a server is asked in place of the stored replies. */
const ofStoredReplies = ['cases', 'carrier', 'deviations'];

/** Adds the options of the modes to the command. */
export function addModeOptions(command: Command): Command {
  return command
    .optionsGroup('Other modes:')
    .addOption(
      new Option(
        '--base-url <url>',
        'ask this server what the scenarios ask, and judge what it sends',
      ).conflicts(ofStoredReplies),
    )
    .addOption(
      new Option(
        '--live',
        'call the service within the ceilings, and report where it drifts from the documents',
      ).conflicts(ofStoredReplies),
    )
    .addOption(
      new Option(
        '--record [folder]',
        'keep exchanges with the service, redacted, for review (folder: recordings)',
      ).conflicts(ofStoredReplies),
    )
    .optionsGroup('For these modes:')
    .option(
      '--setup <file>',
      'keys, models and prices of the server as JSON; fits qwire emulator unless given',
    )
    .option('--print-setup', 'print such a file and leave')
    .option('--region <name>', 'region of the service, unless --base-url or DASHSCOPE_API_REGION says it')
    .option('--workspace <id>', 'workspace of the service, unless DASHSCOPE_WORKSPACE says it')
    .option('--api-key-from <variable>', 'environment variable that holds the key', 'DASHSCOPE_API_KEY')
    .option('--max-calls <number>', 'ceiling of a live run', toCount, 60)
    .option('--max-cost <amount>', "ceiling of a live run, in the region's currency", toAmount, 0.05)
    .option('--port <number>', 'where --record listens', toPort, 4011)
    .addHelpText('after', examples);
}

/** Runs the mode that the options ask for; `false` when they ask for none. */
export async function runMode(options: ModeOptions): Promise<boolean> {
  if (options.printSetup) printSetup();
  else if (options.live) await runLiveMode(options, await driversOf(options));
  else if (options.record !== undefined) await runRecordMode(options);
  else if (options.baseUrl !== undefined)
    await runServerMode(options, options.baseUrl, await driversOf(options));
  else return false;
  return true;
}

async function driversOf(options: ModeOptions): Promise<readonly ClientDriver[]> {
  if (options.driver === undefined && options.driverCommand === undefined) return ownDrivers;
  const release = leaveOnSignal();
  const loaded = await loadDrivers(options);
  release();
  return loaded.map(({ driver }) => driver);
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Use a whole number from 1.');
  return Number(text);
}

function toAmount(text: string): number {
  const amount = Number(text);
  if (text.trim() === '' || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError('Use an amount, such as 0.05.');
  return amount;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('Use a number from 0 to 65535; 0 takes any.');
  return port;
}
