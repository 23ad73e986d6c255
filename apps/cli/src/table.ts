import { stripVTControlCharacters } from 'node:util';

/** Lines of columns, each as wide as its widest cell. Cells may hold colors. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(width(column) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
