import {
  type CostQuery,
  type CostReport,
  createSqlStore,
  readCosts,
  type SqlClient,
} from '@qwire/workspaces';
import { describeProblem } from './describe-problem.ts';

interface Asked {
  /** What errors call the ledger. */
  readonly name: string;
  readonly schema: string;
  readonly query: CostQuery;
}

/**
 * The costs in a database. Nothing is changed in it, and no ledger is made.
 * @throws Error that names the ledger and says what is wrong.
 */
export async function readLedger(client: SqlClient, { name, schema, query }: Asked): Promise<CostReport> {
  const reader = readOnly(client);
  try {
    const { rows } = await reader.query('select to_regclass($1::text) is not null as is_there', [
      `"${schema}".usage_records`,
    ]);
    if ((rows[0] as { readonly is_there?: unknown } | undefined)?.is_there === true) {
      return await readCosts(createSqlStore(reader, { schema }), query);
    }
  } catch (error) {
    throw new Error(`${name}: ${describeProblem(error)}`, { cause: error });
  }
  throw new Error(
    `${name}: there is no ledger: it has no table ${schema}.usage_records. createSqlStore() makes it when the first call is recorded; is it in another schema (--schema), or another database?`,
  );
}

/**
 * Each statement in a transaction of its own that cannot write, so that no release of the store can change anything here.
 * Each of its own, because the store's first statement takes a lock that others who begin would wait for.
 */
function readOnly(client: SqlClient): SqlClient {
  return {
    async query(text, params) {
      await client.query('begin read only', []);
      try {
        return await client.query(text, params);
      } finally {
        // Nothing was written, and what went wrong before says more.
        await client.query('rollback', []).catch(() => {});
      }
    },
  };
}
