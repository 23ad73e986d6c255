import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import { toMoney } from '../cost/money-arithmetic.ts';
import { selectCells } from './cells-query.ts';
import type { BudgetPeriod, LedgerStore, Reservation, Standing } from './ledger-store.ts';
import { migration } from './sql-schema.ts';
import { type Row, readRecord, readText, recordColumns } from './usage-row.ts';

/** What is needed of a client of PostgreSQL; a `Pool` or `Client` of pg is one, and so is a `PGlite`. */
export interface SqlClient {
  /** Runs one statement, whose parameters are `$1`, `$2` and so on. */
  query(text: string, params: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export interface SqlStoreOptions {
  /** The schema for tables and functions, in small letters; `qwire` unless given. Made at the first use. */
  readonly schema?: string;
}

/**
 * Keeps records in PostgreSQL 14 or newer, or in PGlite. Any number of processes may share a database; a folder of PGlite
 * is for one process at a time.
 *
 * @throws QwireError of kind `configuration`. Its methods throw what the client throws.
 */
export function createSqlStore(client: SqlClient, options: SqlStoreOptions = {}): LedgerStore {
  if (typeof client?.query !== 'function') {
    throw invalid('client', 'must have a method "query", as a Pool of pg and a PGlite have', 'configuration');
  }
  const { schema = 'qwire' } = options;
  checkMembers(options, ['schema'], { field: '', kind: 'configuration' });
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw invalid('schema', 'must be a name in small letters such as "qwire"', 'configuration');
  }
  const own = `"${schema}"`;
  let ready: Promise<unknown> | undefined;

  return {
    async add(record, settlement) {
      const { reservation, assumed } = settlement ?? {};
      const [row] = await run(
        `select ${own}.add_usage($1::text::jsonb, $2::text, $3::text::numeric, $4::text) as is_new`,
        [JSON.stringify(record), reservation ?? null, assumed?.amount ?? null, assumed?.currency ?? null],
      );
      return row?.is_new === true;
    },
    async records({ workspace, from, to } = {}) {
      const rows = await run(
        `select ${recordColumns} from ${own}.usage_records r
          where ($1::text is null or r.workspace = $1) and ($2::text is null or r.at >= $2::timestamptz)
            and ($3::text is null or r.at < $3::timestamptz)
          order by r.at, r.id`,
        [workspace ?? null, from ?? null, to ?? null],
      );
      return rows.map(readRecord);
    },
    async cells(query) {
      const { text, params, read } = selectCells(query, `${own}.usage_records`);
      return (await run(text, params)).map(read);
    },
    async reserve(reservation, { period, limit }) {
      const [row] = await run(
        `select is_granted, spent::text, reserved::text from ${own}.reserve($1::text, $2::text, $3::text, $4::timestamptz,
          $5::text::numeric, $6::text::float8, $7::timestamptz, $8::timestamptz, $9::text::numeric)`,
        [...paramsOf(reservation), period.from, period.to, limit.amount],
      );
      return { isGranted: row?.is_granted === true, ...readStanding(row, period.currency) };
    },
    async renew(reservation) {
      await run(
        `select ${own}.hold($1::text, $2::text, $3::text, $4::timestamptz, $5::text::numeric, $6::text::float8)`,
        paramsOf(reservation),
      );
    },
    async release(id) {
      await run(`delete from ${own}.reservations where id = $1::text`, [id]);
    },
    async standing({ workspace, currency, from, to }: BudgetPeriod) {
      const [row] = await run(
        `select spent::text, reserved::text from ${own}.standing($1::text, $2::text, $3::timestamptz, $4::timestamptz)`,
        [workspace, currency, from, to],
      );
      return readStanding(row, currency);
    },
    async claim(key) {
      const rows = await run(
        `insert into ${own}.claims (key) values ($1::text) on conflict do nothing returning key`,
        [key],
      );
      return rows.length === 1;
    },
  };

  async function run(text: string, params: readonly (string | null)[]): Promise<readonly Row[]> {
    ready ??= client.query(migration(schema), []).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    await ready;
    const { rows } = await client.query(text, [...params]);
    return rows as readonly Row[];
  }
}

function paramsOf({ id, workspace, at, worstCase, expiresInMs }: Reservation): string[] {
  return [id, workspace, worstCase.currency, at, worstCase.amount, String(expiresInMs)];
}

function readStanding(row: Row | undefined, currency: string): Standing {
  const amount = (name: string) => toMoney((row && readText(row, name)) ?? '', currency);
  return { spent: amount('spent'), reserved: amount('reserved') };
}
