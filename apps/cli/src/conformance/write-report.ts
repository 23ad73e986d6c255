import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Writes a report as JSON and Markdown, and says where. */
export async function writeReport(
  folder: string,
  name: string,
  report: unknown,
  markdown: string,
): Promise<void> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(path, `${name}.md`), markdown);
  console.log(`Written to ${join(folder, `${name}.json`)} and ${name}.md.`);
}
