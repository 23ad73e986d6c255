import type { Verdict } from '../judge.ts';
import { type Cell, type MatrixRow, matrixRows, verdictSigns } from './matrix.ts';
import type { SuiteReport } from './suite-report.ts';

export interface MatrixTextOptions {
  /** May color a cell; it must not change its width. */
  readonly paint?: (verdict: Verdict, text: string) => string;
  /** Width of the terminal; as wide as it gets unless given. */
  readonly columns?: number;
  /** Also states each behavior in which all clients pass, when there are many. */
  readonly all?: boolean;
}

/**
 * The matrix as columns for a terminal. Of many behaviors, those in which every client passes are one line for each
 * group. In a narrow terminal the clients' names become numbers, then the column on the wires goes, then the verdicts
 * become signs, and the behaviors are cut.
 */
export function matrixText(report: SuiteReport, options: MatrixTextOptions = {}): string {
  const { paint = (_, text) => text, columns = Number.POSITIVE_INFINITY, all = false } = options;
  const every = matrixRows(report);
  const rows = all || every.length <= manyRows ? every : foldPassing(every);
  const names = report.clients.map(({ name }) => name);
  const numbers = names.map((_, index) => `[${index + 1}]`);
  const wide = layOut(names, rows);
  if (wide.width <= columns) return draw(wide, paint);
  const legend = names.map((name, index) => `${numbers[index]} ${name}`.slice(0, columns)).join('\n');
  const narrower = [layOut(numbers, rows), layOut(numbers, rows, { wires: false })];
  const fitting = narrower.find(({ width }) => width <= columns) ?? layOutNarrow(numbers, rows, columns);
  return `${legend}\n\n${draw(fitting, paint)}`;
}

function layOutNarrow(clients: readonly string[], rows: readonly MatrixRow[], columns: number): Layout {
  const { width, widths } = layOut(clients, rows, { wires: false });
  const room = widths[0] + columns - width;
  if (room >= readableLetters) return layOut(clients, rows, { wires: false, behavior: room });
  const signs = rows.map((row) => ({ ...row, cells: row.cells.map(withSign) }));
  const signed = layOut(clients, signs, { wires: false });
  const behavior = Math.max(fewestLetters, signed.widths[0] + columns - signed.width);
  return layOut(clients, signs, { wires: false, behavior });
}

function withSign({ text, verdict }: Cell): Cell {
  if (!verdict) return { text: '-', verdict };
  const [count] = /^\d+ /.exec(text) ?? [''];
  return { text: `${count}${verdictSigns[verdict]}`, verdict };
}

// As many as are seen at once in most terminals.
const manyRows = 30;

const readableLetters = 24;
const fewestLetters = 12;

/** Rows in which all that ran passed, as one row for each group, behind the group's other rows. */
function foldPassing(rows: readonly MatrixRow[]): MatrixRow[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const [group = ''] = row.behavior.split('/');
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups].flatMap(([group, ofGroup]) => {
    const passing = ofGroup.filter(({ cells }) => cells.every(({ verdict = 'pass' }) => verdict === 'pass'));
    const rest = ofGroup.filter((row) => !passing.includes(row));
    return passing.length === 0 ? rest : [...rest, foldRows(`${group}/* (${passing.length})`, passing)];
  });
}

function foldRows(behavior: string, rows: readonly MatrixRow[]): MatrixRow {
  const [first] = rows;
  const cells = (first?.cells ?? []).map((_, column): Cell => {
    const count = rows.filter(({ cells: own }) => own[column]?.verdict === 'pass').length;
    return count === 0 ? { text: '-', verdict: undefined } : { text: `${count} pass`, verdict: 'pass' };
  });
  return { behavior, cells, parity: countParities(rows) };
}

/** How often the wires agree, agree but for what is declared, or are not to be compared: `42 same, 4 one wire`. */
function countParities(rows: readonly MatrixRow[]): string {
  const counts = new Map<string, number>();
  for (const { parity } of rows) {
    const kind = parity.startsWith('same but') ? 'declared' : parity;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const known = [...counts].filter(([kind]) => kind !== '-').sort(([, one], [, other]) => other - one);
  return known.map(([kind, count]) => `${count} ${kind}`).join(', ') || '-';
}

interface Layout {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly texts: readonly string[]; readonly cells: readonly Cell[] }[];
  readonly widths: readonly [behavior: number, ...rest: number[]];
  readonly width: number;
}

interface LayoutOptions {
  readonly wires?: boolean;
  /** Most letters of a behavior. */
  readonly behavior?: number;
}

function layOut(
  clients: readonly string[],
  rows: readonly MatrixRow[],
  { wires = true, behavior: most = Number.POSITIVE_INFINITY }: LayoutOptions = {},
): Layout {
  const heads = ['behavior', ...clients, ...(wires ? ['wires'] : [])];
  const shown = rows.map(({ behavior, cells, parity }) => ({
    texts: [shorten(behavior, most), ...cells.map(({ text }) => text), ...(wires ? [parity] : [])],
    cells,
  }));
  const [first = 0, ...rest] = heads.map((head, column) =>
    Math.max(head.length, ...shown.map(({ texts }) => texts[column]?.length ?? 0)),
  );
  const width = [first, ...rest].reduce((sum, part) => sum + part + gap.length, -gap.length);
  return { heads, rows: shown, widths: [first, ...rest], width };
}

const gap = '  ';

/** The end tells behaviors of one group apart, so the middle goes. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) * 0.6);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}

function draw({ heads, rows, widths }: Layout, paint: NonNullable<MatrixTextOptions['paint']>): string {
  const pad = (text: string, column: number): string => text.padEnd(widths[column] ?? 0);
  const lines = rows.map(({ texts, cells }) =>
    texts
      .map((text, column) => {
        const verdict = cells[column - 1]?.verdict;
        const padded = column === texts.length - 1 ? text : pad(text, column);
        return verdict ? paint(verdict, padded) : padded;
      })
      .join(gap)
      .trimEnd(),
  );
  return [heads.map(pad).join(gap).trimEnd(), ...lines].join('\n');
}
