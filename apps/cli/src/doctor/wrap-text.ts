/** Breaks text between words, so that no line is wider than this unless a word is; each line gets the indent. */
export function wrapText(
  text: string,
  { width, indent }: { readonly width: number; readonly indent: string },
): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && indent.length + longer.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = longer;
  }
  return [...lines, indent + line].join('\n');
}

const narrowest = 24;

/** How wide lines may be: the terminal's width, that of COLUMNS elsewhere, 80 unless either is known. */
export function outputWidth({ columns }: { readonly columns?: number } = process.stdout): number {
  return Math.max(narrowest, columns || Number(process.env.COLUMNS) || 80);
}
