import { wireNames } from '../case-schema.ts';
import type { CaseResult, SuiteReport } from './suite-report.ts';

/** Whether the wires show a caller the same for one behavior. */
export type Parity =
  | { readonly kind: 'same' }
  /** They differ only where the scenario states that the wire forces it. */
  | { readonly kind: 'declared'; readonly paths: readonly string[] }
  | { readonly kind: 'one-wire'; readonly because: string }
  | { readonly kind: 'differs'; readonly because: string }
  /** Not all wires were run. */
  | { readonly kind: 'unknown' };

/** From what a report says of one behavior. Both wires are held to one expectation, so they agree where both pass, but for what the scenario lets differ. */
export function findParity({ results, absent: [absent] }: Pick<SuiteReport, 'results' | 'absent'>): Parity {
  if (absent) return { kind: 'one-wire', because: `${absent.wireFormat}: ${absent.because}` };
  const wires = wireNames.map((wire) => results.filter(({ wireFormat }) => wireFormat === wire));
  if (wires.some((ofWire) => ofWire.length === 0)) return { kind: 'unknown' };
  const unlike = results.filter(({ verdict }) => verdict !== 'pass');
  if (unlike.length > 0) return { kind: 'differs', because: unlike.map(nameResult).join(', ') };
  const paths = [...new Set(results.flatMap(({ overrides }) => overrides))].sort();
  return paths.length === 0 ? { kind: 'same' } : { kind: 'declared', paths };
}

function nameResult({ client, verdict }: CaseResult): string {
  return `${client}: ${verdict}`;
}

/** One or a few words for a cell. */
export function describeParity(parity: Parity): string {
  switch (parity.kind) {
    case 'same':
      return 'same';
    case 'declared':
      return `same but ${parity.paths.map((path) => path.replace(/^(response|error)\./, '')).join(', ')}`;
    case 'one-wire':
      return 'one wire';
    case 'differs':
      return 'differs';
    case 'unknown':
      return '-';
  }
}
