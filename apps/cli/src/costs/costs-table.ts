import type { CostGroup, CostReport, CostSum } from '@qwire/workspaces';
import stringWidth from 'string-width';
import { colors } from '../colors.ts';
import { table } from '../table.ts';
import { visible } from '../visible.ts';
import { alignAmounts } from './align-amounts.ts';
import { countUnpriced } from './count-unpriced.ts';

interface Column {
  /** Two lines, so that long words do not make narrow columns wide. */
  readonly head: readonly [string, string];
  /** One for each group; numbers have one more, for all together. */
  readonly cells: readonly string[];
}

/** A line for each group and one for all; a few lines for each where these would be too long, however they are set. */
export function costsTable(report: CostReport, width: number): string {
  const keys = report.by.map((dimension) => keyColumn(dimension, report.groups));
  const numbers = numberColumns(report);
  const right = numbers.map(alignRight);
  const tables = [wideTable(keys, right), nestedTable(keys, right)];
  return tables.find((text) => fits(text, width)) ?? blocks(keys, numbers);
}

function fits(text: string, width: number): boolean {
  return text.split('\n').every((line) => stringWidth(line) <= width);
}

function wideTable(keys: readonly Column[], numbers: readonly Column[]): string {
  const columns = [...keys.map(withTotal), ...numbers];
  const heads = ([0, 1] as const).map((index) => columns.map(({ head }) => colors.dim(head[index])));
  const lines = rowsOf(columns);
  return table([...heads, ...lines.slice(0, -1), (lines.at(-1) ?? []).map(colors.bold)]);
}

/** The first key stands above its lines, which saves its column. */
function nestedTable([first, second, ...others]: readonly Column[], numbers: readonly Column[]): string {
  if (!first || !second) return wideTable(first ? [first] : [], numbers);
  const indented = { ...second, cells: second.cells.map((cell) => `  ${cell}`) };
  const [top = '', bottom = '', ...lines] = wideTable([indented, ...others], numbers).split('\n');
  const nested = lines.flatMap((line, index) => {
    const name = first.cells[index];
    return name === undefined || name === first.cells[index - 1] ? [line] : [colors.bold(name), line];
  });
  return [top, bottom, ...nested].join('\n');
}

/** What is not there, and what is not wrong, needs no line. */
const unsaid = ['–', '0'];

function blocks(keys: readonly Column[], numbers: readonly Column[]): string {
  const names = rowsOf(keys.map(withTotal)).map((row) => row.filter(Boolean).join(', '));
  const values = rowsOf(numbers);
  return names
    .map((name, index) => {
      const rows = numbers.map(({ head }, column) => [
        `  ${colors.dim(head.join(' ').trim())}`,
        values[index]?.[column]?.trim() ?? '',
      ]);
      return `${colors.bold(name)}\n${table(rows.filter(([, value = '']) => !unsaid.includes(value)))}`;
    })
    .join('\n\n');
}

function rowsOf(columns: readonly Column[]): readonly (readonly string[])[] {
  const count = Math.max(...columns.map(({ cells }) => cells.length));
  return Array.from({ length: count }, (_, index) => columns.map(({ cells }) => cells[index] ?? ''));
}

/** The first of the columns says what its last line is. */
function withTotal(column: Column, index: number): Column {
  return index === 0 ? { ...column, cells: [...column.cells, 'Total'] } : column;
}

function keyColumn(dimension: string, groups: readonly CostGroup[]): Column {
  const isTag = dimension.startsWith('tag:');
  const name = isTag ? dimension.slice('tag:'.length) : `${dimension[0]?.toUpperCase()}${dimension.slice(1)}`;
  return {
    head: [isTag ? 'Tag' : '', visible(name)],
    cells: groups.map(({ key }) => keyText(key[dimension])),
  };
}

function keyText(value: string | undefined): string {
  if (value === undefined) return '(none)';
  return value === '' ? '(empty)' : visible(value);
}

function numberColumns({ groups, total }: CostReport): readonly Column[] {
  const sums: readonly CostSum[] = [...groups, total];
  const counts = (head: Column['head'], count: (sum: CostSum) => number): Column => ({
    head,
    cells: sums.map((sum) => count(sum).toLocaleString('en-US')),
  });
  return [
    counts(['', 'Calls'], ({ calls }) => calls),
    ...(total.unpriced.length > 0 ? [counts(['Not', 'priced'], countUnpriced)] : []),
    counts(['Input', 'tokens'], ({ usage }) => usage.inputTokens),
    counts(['Output', 'tokens'], ({ usage }) => usage.outputTokens),
    ...total.costs.map(({ currency }): Column => {
      const amounts = sums.map(({ costs }) => costs.find((cost) => cost.currency === currency));
      return { head: ['', currency], cells: alignAmounts(amounts) };
    }),
  ];
}

function alignRight({ head, cells }: Column): Column {
  const width = Math.max(...[...head, ...cells].map((text) => text.length));
  const [first, second] = head;
  return {
    head: [first.padStart(width), second.padStart(width)],
    cells: cells.map((cell) => cell.padStart(width)),
  };
}
