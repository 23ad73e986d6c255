// A table: the SQL that brings a database from one version of the schema to the next. What was released never changes.

/**
 * One statement for each version. `qwire` stands for the schema's name.
 *
 * Reserving and adding are functions of the database, so that each is one statement: atomic on any connection of a pool,
 * with nothing to roll back. They rely on isolation level READ COMMITTED, PostgreSQL's default.
 */
const versions: readonly string[] = [
  `
  create table qwire.usage_records (
    id text collate "C" primary key,
    at timestamptz not null,
    workspace text not null,
    workspace_id text,
    region text,
    model text not null,
    wire text not null,
    operation text not null,
    outcome text not null,
    request_id text,
    error jsonb,
    usage jsonb not null,
    thinking boolean,
    cost numeric,
    currency text,
    unpriced text,
    price_table text,
    tags jsonb not null,
    duration_ms double precision not null,
    check ((cost is null) = (currency is null))
  );
  create index usage_records_at on qwire.usage_records (at, id);
  create index usage_records_workspace_at on qwire.usage_records (workspace, at, id);

  -- What was spent in each quarter of an hour, so that a budget need not add up a month of records for every call.
  create table qwire.spending (
    workspace text not null,
    currency text not null,
    quarter timestamptz not null,
    amount numeric not null,
    primary key (workspace, currency, quarter)
  );
  create table qwire.reservations (
    id text primary key,
    workspace text not null,
    currency text not null,
    at timestamptz not null,
    amount numeric not null,
    expires_at timestamptz not null
  );
  create index reservations_account on qwire.reservations (workspace, currency);
  -- Whoever reserves changes this row first, so that reservations of one account come one after the other.
  create table qwire.gates (
    workspace text not null,
    currency text not null,
    turns bigint not null,
    primary key (workspace, currency)
  );
  create table qwire.claims (key text primary key, at timestamptz not null default now());

  create function qwire.standing(for_workspace text, for_currency text, first timestamptz, until timestamptz)
  returns table (spent numeric, reserved numeric) language sql as $f$
    -- One statement sees one state: a call that ends meanwhile is either reserved or spent.
    select
      (select coalesce(sum(s.amount), 0) from qwire.spending s
        where s.workspace = for_workspace and s.currency = for_currency and s.quarter >= first and s.quarter < until),
      (select coalesce(sum(r.amount), 0) from qwire.reservations r
        where r.workspace = for_workspace and r.currency = for_currency and r.at >= first and r.at < until
          and r.expires_at > clock_timestamp())
  $f$;

  create function qwire.reserve(
    new_id text, for_workspace text, for_currency text, began timestamptz, worst_case numeric, expires_in_ms float8,
    first timestamptz, until timestamptz, amount_limit numeric
  ) returns table (is_granted boolean, spent numeric, reserved numeric) language plpgsql as $f$
  begin
    insert into qwire.gates as g (workspace, currency, turns) values (for_workspace, for_currency, 1)
      on conflict (workspace, currency) do update set turns = g.turns + 1;
    delete from qwire.reservations r
      where r.workspace = for_workspace and r.currency = for_currency and r.expires_at <= clock_timestamp();
    select s.spent, s.reserved into spent, reserved
      from qwire.standing(for_workspace, for_currency, first, until) s;
    is_granted := spent + reserved + worst_case <= amount_limit and spent + reserved < amount_limit;
    if is_granted then
      perform qwire.hold(new_id, for_workspace, for_currency, began, worst_case, expires_in_ms);
    end if;
    return next;
  end $f$;

  create function qwire.hold(
    new_id text, for_workspace text, for_currency text, began timestamptz, worst_case numeric, expires_in_ms float8
  ) returns void language sql as $f$
    insert into qwire.reservations as r (id, workspace, currency, at, amount, expires_at)
      values (new_id, for_workspace, for_currency, began, worst_case,
        clock_timestamp() + expires_in_ms * interval '1 millisecond')
      on conflict (id) do update set expires_at = excluded.expires_at
  $f$;

  create function qwire.add_usage(entry jsonb, reservation text, assumed numeric, assumed_currency text)
  returns boolean language plpgsql as $f$
  declare
    is_new boolean;
    spent numeric := coalesce((entry #>> '{cost,amount}')::numeric, assumed);
    spent_currency text := coalesce(entry #>> '{cost,currency}', assumed_currency);
  begin
    insert into qwire.usage_records values (
      entry ->> 'id', (entry ->> 'at')::timestamptz, entry ->> 'workspace', entry ->> 'workspaceId', entry ->> 'region',
      entry ->> 'model', entry ->> 'wire', entry ->> 'operation', entry ->> 'outcome', entry ->> 'requestId',
      entry -> 'error', entry -> 'usage', (entry ->> 'thinking')::boolean,
      (entry #>> '{cost,amount}')::numeric, entry #>> '{cost,currency}',
      entry ->> 'unpriced', entry ->> 'priceTable', entry -> 'tags', (entry ->> 'durationMs')::float8
    ) on conflict (id) do nothing;
    is_new := found;
    delete from qwire.reservations r where r.id = reservation;
    if is_new and spent is not null then
      insert into qwire.spending as s (workspace, currency, quarter, amount) values (
        entry ->> 'workspace', spent_currency,
        date_bin('15 minutes', (entry ->> 'at')::timestamptz, '2000-01-01T00:00:00Z'), spent
      ) on conflict (workspace, currency, quarter) do update set amount = s.amount + excluded.amount;
    end if;
    return is_new;
  end $f$;
  `,
];

/** A single statement that creates what is missing; run by several processes at once, it is done once. */
export function migration(schema: string): string {
  const steps = versions.map(
    (sql, index) => `
    if version < ${index + 1} then
      ${sql.replaceAll('qwire.', `${schema}.`)}
      update ${schema}.schema_version set version = ${index + 1};
    end if;`,
  );
  return `do $migration$
  declare version int;
  begin
    perform pg_advisory_xact_lock(hashtextextended('qwire schema ${schema}', 0));
    if to_regclass('${schema}.schema_version') is null then
      -- Whoever may not create schemas can be given one.
      if to_regnamespace('${schema}') is null then
        create schema ${schema};
      end if;
      create table ${schema}.schema_version (version int not null);
      insert into ${schema}.schema_version values (0);
    end if;
    select v.version into version from ${schema}.schema_version v;
    if version > ${versions.length} then
      raise exception 'schema ${schema} is of version %, which this release does not know; it knows ${versions.length}', version;
    end if;
    ${steps.join('\n')}
  end $migration$`;
}
