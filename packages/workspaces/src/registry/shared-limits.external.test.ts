import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';

interface Report {
  readonly sent: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

async function runChild(calls: number): Promise<Report> {
  const file = fileURLToPath(new URL('./child.fixture.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    file,
    inject('postgresSocket'),
    String(calls),
  ]);
  return JSON.parse(stdout) as Report;
}

test('processes that read one file hold its limits together, each workspace for itself', async () => {
  const reports = await Promise.all([1, 2, 3].map(() => runChild(15)));
  const sum = (name: string) => reports.reduce((total, { sent }) => total + (sent[name] ?? 0), 0);
  expect({ marketing: sum('marketing'), research: sum('research') }).toEqual({ marketing: 20, research: 20 });
  expect(new Set(reports.flatMap(({ failures }) => failures))).toEqual(new Set(['aborted']));
});
