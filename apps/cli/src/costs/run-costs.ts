import { writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { CostQuery, CostReport } from '@qwire/workspaces';
import type { Command } from 'commander';
import { countAlong } from '../conformance/count-along.ts';
import { leaveOnSignal } from '../conformance/leave-on-signal.ts';
import { outputWidth } from '../doctor/wrap-text.ts';
import { checkQuery } from './check-query.ts';
import type { CostsOptions } from './costs-command.ts';
import { findLedger, type LedgerPlace } from './find-ledger.ts';
import { formatOf, formats } from './formats.ts';
import { readLedger } from './read-ledger.ts';

/**
 * Reads the ledger and writes what its calls have cost.
 * @throws Error that names the ledger, says what is wrong, and how to mend it.
 */
export async function runCosts(options: CostsOptions, command: Command): Promise<void> {
  const { output, schema, format = formatOf(output) } = options;
  const query = await checkQuery(options, command);
  const place = findLedger(options, command);
  const release = leaveOnSignal();
  const progress = countAlong({ piped: 'nothing' }, process.stderr);
  process.once('exit', progress.end);
  progress.show(`Reading ${place.name}`);
  const report = await read(place, { schema, query }).finally(() => {
    process.off('exit', progress.end);
    progress.end();
    release();
  });
  const text = formats[format](report, output === undefined ? widthOfOutput() : Number.POSITIVE_INFINITY);
  if (output === undefined) process.stdout.write(text);
  else await write(output, format === 'table' ? stripVTControlCharacters(text) : text);
}

async function read(
  { name, open }: LedgerPlace,
  asked: { readonly schema: string; readonly query: CostQuery },
): Promise<CostReport> {
  const { client, close } = await open();
  try {
    return await readLedger(client, { name, ...asked });
  } finally {
    await close();
  }
}

/** What is no terminal has no width, unless COLUMNS says so. */
function widthOfOutput(): number {
  return process.stdout.isTTY || process.env.COLUMNS ? outputWidth() : Number.POSITIVE_INFINITY;
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${problems[cause.code ?? ''] ?? cause.message}`, { cause });
  });
  console.error(`Wrote ${file}`);
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be written',
};
