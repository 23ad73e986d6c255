import { type Command, InvalidArgumentError } from 'commander';
import { UsageCommand } from '../usage-command.ts';
import { readConfigFile } from './read-config-file.ts';
import { runEmulator } from './run-emulator.ts';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly config?: string;
  readonly quiet?: true;
  readonly printConfig?: true;
}

const examples = `
Examples:
  qwire emulator                                          two workspaces, one with few models
  qwire emulator --print-config > emulator.json           a configuration to start from
  qwire emulator --port 8080 --config emulator.json`;

/** `qwire emulator`: a Model Studio on this machine, until Ctrl-C. */
export function emulatorCommand(): Command {
  return new UsageCommand('emulator')
    .description('Run a local Model Studio: workspaces, keys, granted models, both wires')
    .option('-p, --port <number>', 'where to listen; when it is taken, the next free port', toPort, 4010)
    .option('--host <address>', 'this machine only, unless you name another address', '127.0.0.1')
    .option('--allow-host <name...>', "names that calls may be addressed to, beside this machine's own")
    .option(
      '-c, --config <file>',
      'workspaces, models, replies and faults as JSON; a built-in sample unless given',
    )
    .option('-q, --quiet', 'no line for each request')
    .option('--print-config', 'print the configuration and leave')
    .addHelpText('after', examples)
    .action(run);
}

async function run({ port, host, allowHost, config: file, quiet, printConfig }: Options): Promise<void> {
  const config = await readConfigFile(file);
  if (printConfig) console.log(JSON.stringify(config, null, 2));
  else await runEmulator({ config, file, port, host, allowedHosts: allowHost ?? [], quiet: quiet === true });
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('Use a number from 0 to 65535; 0 takes any.');
  return port;
}
