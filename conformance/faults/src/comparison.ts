import { readFileSync, writeFileSync } from 'node:fs';
import type { CellResult } from './cell.ts';
import { openaiSubject } from './openai-subject.ts';
import { runFaults } from './run-faults.ts';
import { answer, type Method } from './wire.ts';

/** What another client made of the faults, as it was on a day. */
export interface Comparison {
  readonly client: string;
  readonly version: string;
  readonly date: string;
  /** By fault, then method. */
  readonly cells: Readonly<Record<string, Readonly<Partial<Record<Method, ComparedCell>>>>>;
}

export interface ComparedCell {
  readonly outcome: string;
  /** It hung, took a broken reply for a whole one, or refused a whole one. */
  readonly wrong: boolean;
}

const file = new URL('../comparison.json', import.meta.url);
// No subpath of the package leads there.
const manifest = new URL('../node_modules/openai/package.json', import.meta.url);

export const readComparison = (): Comparison => JSON.parse(readFileSync(file, 'utf8')) as Comparison;

export const writeComparison = (comparison: Comparison): void =>
  writeFileSync(file, `${JSON.stringify(comparison, undefined, 2)}\n`);

/** Plays the faults to the `openai` package; it never fails, whatever comes of it. */
export async function compareOpenAI(date: string): Promise<Comparison> {
  const { cells } = await runFaults(openaiSubject, {
    withRetries: false,
    playsAgain: false,
    watchdogMs: 8_000,
    settleMs: 0,
  });
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const compared: Record<string, Partial<Record<Method, ComparedCell>>> = {};
  for (const cell of cells) {
    compared[cell.fault.id] = { ...compared[cell.fault.id], [cell.method]: toCompared(cell) };
  }
  return { client: openaiSubject.name, version, date, cells: compared };
}

function toCompared({ expected, seen, fault }: CellResult): ComparedCell {
  if (seen.kind === 'hung') {
    const isBusy = fault.mostBytes !== undefined && seen.sentBytes > fault.mostBytes;
    return { outcome: isBusy ? 'reads on and on' : 'hangs', wrong: true };
  }
  if (seen.kind !== 'ok') {
    const outcome = seen.kind.replace(/^other: (\w+).*$/s, '$1');
    return { outcome, wrong: expected.kind === 'ok' && expected.or === undefined };
  }
  if (expected.kind === 'ok' && seen.text === (expected.text ?? answer))
    return { outcome: 'ok', wrong: false };
  if (seen.elsewhere > 0) return { outcome: 'follows it', wrong: false };
  // Whoever aborted knows.
  if (expected.kind === 'aborted') return { outcome: 'ends without an error', wrong: false };
  return { outcome: `taken for whole: ${JSON.stringify(seen.text)}`, wrong: true };
}
