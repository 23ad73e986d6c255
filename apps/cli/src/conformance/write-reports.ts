import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type CaseIndex,
  htmlReport,
  junitReport,
  matrixMarkdown,
  type SuiteReport,
} from '@qwire/conformance';

interface Run {
  readonly report: SuiteReport;
  readonly cases: CaseIndex;
  readonly folder: string;
}

/** Writes a run in each of its forms. Returns where, in words. */
export async function writeReports({ report, cases, folder }: Run): Promise<string> {
  const files = {
    'report.html': htmlReport(report, cases),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'junit.xml': junitReport(report),
    'matrix.md': matrixMarkdown(report),
  };
  const path = resolve(folder);
  await mkdir(path, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(path, name), text)));
  return `Written: ${join(folder, 'report.html')} for reading; ${Object.keys(files).slice(1).join(', ')}.`;
}
