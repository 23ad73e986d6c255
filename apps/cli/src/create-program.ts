import type { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { conformanceCommand } from './conformance-command.ts';
import { costsCommand } from './costs/costs-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { emulatorCommand } from './emulator/emulator-command.ts';
import { UsageCommand } from './usage-command.ts';

/** Every command of the line. A new one is a file that returns a `Command`, and a line here. */
const commands = [emulatorCommand, doctorCommand, costsCommand, conformanceCommand];

/** The `qwire` command line. */
export function createProgram(): Command {
  const program = new UsageCommand('qwire')
    .description('Tools around Qwen models on Alibaba Cloud Model Studio')
    .version(manifest.version)
    .showHelpAfterError('(add --help for what there is)');
  for (const create of commands) {
    program.addCommand(create().copyInheritedSettings(program));
  }
  return program;
}
