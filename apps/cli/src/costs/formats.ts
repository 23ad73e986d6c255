import type { CostReport } from '@qwire/workspaces';
import { costsCsv } from './costs-csv.ts';
import { costsJson } from './costs-json.ts';
import { costsText } from './costs-text.ts';

/** Each form in which costs can be written. All end with a line break. */
export const formats = {
  table: costsText,
  csv: costsCsv,
  json: costsJson,
} satisfies Readonly<Record<string, (report: CostReport, width: number) => string>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

/** The form that a file's name asks for. */
export function formatOf(file: string | undefined): FormatName {
  return formatNames.find((name) => file?.toLowerCase().endsWith(`.${name}`)) ?? 'table';
}
