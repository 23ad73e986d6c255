import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** One line for each mistake: the field's path, then what is wrong with it. */
export function describeIssues(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${fieldPath([...path, key])}: is not known here`);
    }
    const branch = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined;
    if (branch) return describeIssues(branch, path);
    return [`${fieldPath(path)}: ${issue.message}`];
  });
}

/** Of the forms that a value could have had, the one that it nearly has: its mistakes lie deepest. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ranked = branches
    .filter((branch) => branch.length > 0)
    .map((branch) => ({ branch, depth: Math.max(...branch.map(({ path }) => path.length)) }))
    .sort((a, b) => b.depth - a.depth || a.branch.length - b.branch.length);
  return ranked[0]?.branch;
}

/** Such as `wires.dashscope.exchanges[0].reply`. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[\w$]+$/.test(String(key))
          ? `.${String(key)}`
          : `["${String(key)}"]`,
    )
    .join('')
    .replace(/^\./, '');
}
