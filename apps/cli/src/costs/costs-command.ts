import { type Command, Option } from 'commander';
import { UsageCommand } from '../usage-command.ts';
import { type FormatName, formatNames } from './formats.ts';
import { runCosts } from './run-costs.ts';

export interface CostsOptions {
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
  readonly timeZone: string;
  readonly format?: FormatName;
  readonly folder: string;
  readonly database?: string;
  readonly schema: string;
  readonly output?: string;
}

const examples = `
Groups:
  workspace, model, wire, day, and tag:<name> for the values of a tag; several are divided by commas.

--from is in the span, --to no longer: --from 2026-11-01 --to 2026-12-01 is November. A call counts when it began.
Reading changes nothing, makes nothing, and may be done while the ledger is written to.

--database takes the name of a variable, not the connection string itself: what stands on a command line can be seen
by everybody on the machine, and stays in the shell's history, with the password in it.

Leaves with 0 when the costs were read, 1 when they could not be, and 2 when the command was not understood.

Examples:
  qwire costs                                             the ledger in the folder ./ledger
  qwire costs --by workspace,day --from 2026-11-01        what did each workspace cost each day?
  qwire costs --by tag:team --time-zone Asia/Singapore    with days that begin as they do in Singapore
  qwire costs --database LEDGER_URL                       in a PostgreSQL; LEDGER_URL=postgres://user:password@host/name
  qwire costs --output november.csv                       for a spreadsheet
  qwire costs --format json | jq .total                   for other programs`;

/** `qwire costs`: what the calls in a ledger have cost, by group. */
export function costsCommand(): Command {
  return new UsageCommand('costs')
    .description('Add up what calls have cost, by workspace, model, wire, day and tag')
    .option('--by <groups>', 'what to group by, divided by commas', 'workspace,model')
    .option('--from <moment>', 'calls from this day or moment on, such as 2026-11-01 or 2026-11-01T08:00Z')
    .option('--to <moment>', 'calls before this day or moment')
    .option('--time-zone <name>', 'when days begin, such as Asia/Singapore', 'UTC')
    .addOption(
      new Option('--format <name>', 'table, unless the name of --output says otherwise').choices([
        ...formatNames,
      ]),
    )
    .option('--folder <path>', 'where PGlite keeps the ledger; on one machine, with no server', 'ledger')
    .addOption(
      new Option('--database <variable>', 'environment variable that has the connection string').conflicts(
        'folder',
      ),
    )
    .option('--schema <name>', "the ledger's schema, as createSqlStore was given it", 'qwire')
    .option('-o, --output <file>', 'write into this file')
    .addHelpText('after', examples)
    .action(runCosts);
}
