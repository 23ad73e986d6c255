import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text below a heading of a Markdown file, as `file#heading`; `undefined` when there is no such heading. */
export function textBelow(reference: string, root: string): string | undefined {
  const [file = '', anchor] = reference.split('#');
  const path = join(root, file);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && toAnchor(line) === anchor);
  if (start === -1) return undefined;
  const depth = headingDepth(lines[start] ?? '');
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => /^#+ /.test(line) && headingDepth(line) <= depth);
  return below.slice(0, end === -1 ? undefined : end).join('\n');
}

function headingDepth(line: string): number {
  return /^#+/.exec(line)?.[0].length ?? 0;
}

/** As GitHub makes it of a heading. */
function toAnchor(line: string): string {
  return line
    .replace(/^#+ /, '')
    .trim()
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
