import stringWidth from 'string-width';

/** Lines of columns, each as wide as its widest cell. Cells may hold colors. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => stringWidth(row[column] ?? '')));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(width(column) - stringWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
