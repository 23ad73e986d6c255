import { QwireError } from '@qwire/core';
import {
  type CostDimension,
  type CostQuery,
  createMemoryStore,
  createSqlStore,
  readCosts,
} from '@qwire/workspaces';
import type { Command } from 'commander';
import type { CostsOptions } from './costs-command.ts';

/** What is asked of the ledger. What is wrong with it is said before anything is opened, and ends the command. */
export async function checkQuery(options: CostsOptions, command: Command): Promise<CostQuery> {
  const { from, to, timeZone, schema } = options;
  const query = {
    by: readGroups(options.by, command),
    timeZone,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  try {
    createSqlStore({ query: async () => ({ rows: [] }) }, { schema });
    await readCosts(createMemoryStore(), query);
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    const option = error.message.replace(/^\w+/, (field) => `--${field.replace('timeZone', 'time-zone')}`);
    command.error(`error: ${option.replace(/\[\d+\]/, '')}`);
  }
  return query;
}

const groups = ['workspace', 'model', 'wire', 'day'];

function readGroups(text: string, command: Command): readonly CostDimension[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !groups.includes(name) && !/^tag:./.test(name));
  if (wrong === undefined) return names as readonly CostDimension[];
  return command.error(
    `error: --by: there is no group ${JSON.stringify(wrong)}; use ${groups.join(', ')} or tag:<name>`,
  );
}
