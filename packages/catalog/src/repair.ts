import type { Warning } from '@qwire/core';
import { invalid } from '@qwire/core/adapter-kit';

/** What is wrong with a call, and what was done about it. */
export interface Finding<Asked> {
  /** The request member that it is about. */
  readonly field: string;
  readonly problem: string;
  /** What the caller can do about it. */
  readonly fix: string;
  /** The call without the problem; left out where nothing but a refusal is honest. */
  readonly repaired?: { readonly done: string; readonly asked: Asked };
}

/** One thing that the service would refuse. */
export interface Repair<Asked> {
  readonly name: string;
  readonly find: (asked: Asked) => Finding<Asked> | undefined;
}

/**
 * The call as all repairs leave it, each looking at what the ones before have made of it.
 *
 * @throws QwireError of kind `invalid-request` that names the member and the fix: always where there is no repair, and
 * with `strict` in place of every repair.
 */
export function repair<Asked>(
  asked: Asked,
  repairs: readonly Repair<Asked>[],
  strict: boolean,
): { readonly asked: Asked; readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [];
  let current = asked;
  for (const { find } of repairs) {
    const finding = find(current);
    if (!finding) continue;
    const { field, problem, fix, repaired } = finding;
    if (!repaired || strict) throw invalid(field, `${problem}; ${fix}`);
    warnings.push({ field, message: `${problem}; ${repaired.done}` });
    current = repaired.asked;
  }
  return { asked: current, warnings };
}
