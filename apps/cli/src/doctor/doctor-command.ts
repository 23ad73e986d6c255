import { type Region, regions, toRegion } from '@qwire/core';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageCommand } from '../usage-command.ts';
import { runDoctor } from './run-doctor.ts';
import { type WireName, wireNames } from './wires.ts';

export interface DoctorOptions {
  readonly config?: string;
  readonly wire: WireName;
  readonly workspace?: readonly string[];
  readonly model?: readonly string[];
  /** `true` for every region that has a host which its workspaces share. */
  readonly tryRegions?: readonly Region[] | true;
  readonly yes?: true;
  readonly json?: true;
}

const examples = `
A verdict is proven by a call of one token. What these calls cost is shown before they are made, and asked about.
Keys are sent to their own host only, unless --try-regions names regions to try a refused key in.
Leaves with 0 when every model may be called, 1 otherwise, and 2 when the command was not understood.

Without --config, workspaces come from the environment: DASHSCOPE_API_KEY and DASHSCOPE_API_REGION for one, or
DASHSCOPE_WORKSPACES=marketing,research with DASHSCOPE_WORKSPACE_MARKETING_API_KEY and so on for several.

Examples:
  qwire doctor --config workspaces.json                   what may each workspace call?
  qwire doctor --model qwen-max --yes                     may it call this model? without being asked first
  qwire doctor --try-regions beijing,virginia             where was a refused key made?
  qwire doctor --config workspaces.json --yes --json      for other programs`;

/** `qwire doctor`: what each workspace may call, and who has to do what where it may not. */
export function doctorCommand(): Command {
  return new UsageCommand('doctor')
    .description('Tell what each workspace may call, and where it may not, why and who can change that')
    .option('-c, --config <file>', 'workspaces as JSON, without keys; the environment unless given')
    .addOption(
      new Option('--wire <name>', 'the wire to call over').choices([...wireNames]).default('dashscope'),
    )
    .option('-w, --workspace <name>', 'check this one only; may be given again', collect)
    .option(
      '-m, --model <id>',
      'check this model, instead of those on the lists; may be given again',
      collect,
    )
    .option(
      '--try-regions [names]',
      'send a refused key to these regions too, divided by commas; all that have a shared host unless named',
      toRegions,
    )
    .option('-y, --yes', 'make the calls without asking')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', examples)
    .action(runDoctor);
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

function toRegions(text: string): readonly Region[] {
  return text.split(',').map((name) => {
    const region = toRegion(name);
    if (region) return region;
    const known = Object.values(regions).map(({ alias }) => alias);
    throw new InvalidArgumentError(`Use ${known.join(', ')}.`);
  });
}
