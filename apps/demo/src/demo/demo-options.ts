import { parseArgs } from 'node:util';
import { defaultConsolePort } from '../server/create-console.ts';

export interface DemoOptions {
  /** Calls the service itself, with a key from the environment. */
  readonly live: boolean;
  /** Of the console. */
  readonly port: number;
  /** Replies are printed from it. */
  readonly model: string;
  /** A model that is known to be refused. */
  readonly refusedModel: string | undefined;
  readonly help: boolean;
}

export const usage = `Usage: npm run demo -- [options]

Prints a reply from a sub-workspace over each wire and a refused model, then serves
the console until Ctrl-C. Everything runs against an emulator on this machine.

Options
  --live                   call Model Studio itself; needs DASHSCOPE_API_KEY and
                           DASHSCOPE_API_REGION, and takes DASHSCOPE_WORKSPACE
  --port <number>          port of the console; ${defaultConsolePort} unless given, the next free one
                           when it is taken
  --model <id>             model that replies are printed from; qwen-plus unless given
  --refused-model <id>     model that is known to be refused; qwen-max unless given,
                           none with --live
  --help                   print this

NO_COLOR switches colors off.
`;

/**
 * What was asked for on the command line.
 * @throws TypeError that says which argument is wrong.
 */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      live: { type: 'boolean', default: false },
      port: { type: 'string', default: String(defaultConsolePort) },
      model: { type: 'string', default: 'qwen-plus' },
      'refused-model': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new TypeError(`--port: ${values.port} is no port. Give a whole number from 0 to 65535.`);
  }
  const { live, model, help } = values;
  return {
    live,
    port,
    model,
    help,
    refusedModel: values['refused-model'] ?? (live ? undefined : 'qwen-max'),
  };
}
