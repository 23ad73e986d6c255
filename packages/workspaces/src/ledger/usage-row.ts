import { unreportedUsage } from '@qwire/core/adapter-kit';
import type { UsageRecord } from '../usage-record.ts';

/** A row of a database: text or null, and booleans; whatever a client makes of other types differs. */
export type Row = Readonly<Record<string, unknown>>;

/** Columns of a record as text. Times are written as JavaScript writes them, amounts with the digits that were stored. */
export const recordColumns = `id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  workspace, workspace_id, region, model, wire, operation, outcome, request_id, error::text as error, usage::text as usage,
  thinking::text as thinking, cost::text as cost, currency, unpriced, price_table, tags::text as tags,
  duration_ms::text as duration_ms`;

export function readRecord(row: Row): UsageRecord {
  const text = (name: string) => readText(row, name);
  const json = (name: string) => readJson(text(name));
  const cost = text('cost');
  const record = {
    id: text('id'),
    at: text('at'),
    workspace: text('workspace'),
    workspaceId: text('workspace_id'),
    region: text('region'),
    model: text('model'),
    wire: text('wire'),
    operation: text('operation'),
    outcome: text('outcome'),
    requestId: text('request_id'),
    error: json('error'),
    usage: { ...unreportedUsage, ...(json('usage') as object) },
    thinking: json('thinking'),
    cost: cost === undefined ? undefined : { amount: cost, currency: text('currency') },
    unpriced: text('unpriced'),
    priceTable: text('price_table'),
    tags: json('tags'),
    durationMs: Number(text('duration_ms')),
  };
  // The columns were written from records, so their values are what a record has.
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as unknown as UsageRecord;
}

export function readText(row: Row, name: string): string | undefined {
  const value = row[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`The database's client gave ${typeof value} for ${name}, which was asked for as text`);
}

function readJson(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
