/** A contender that failed in something, and has no figure for it. */
export interface Failure {
  /** Name of a measure, probe or growth. */
  readonly what: string;
  readonly contender: string;
  readonly reason: string;
}

/** Lets a run go on without what failed in it. */
export class Failures {
  readonly all: Failure[] = [];

  has(what: string, contender: string): boolean {
    return this.all.some((failure) => failure.what === what && failure.contender === contender);
  }

  /** What the work gives, or `undefined` when it fails, now or before. */
  async unless<T>(what: string, contender: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.has(what, contender)) return undefined;
    try {
      return await work();
    } catch (error) {
      this.all.push({ what, contender, reason: reasonOf(error) });
      return undefined;
    }
  }
}

/** Of what a process wrote when it ended, the line that names the error. */
function reasonOf(error: unknown): string {
  const { stderr, killed } = error as { readonly stderr?: string; readonly killed?: boolean };
  if (killed) return 'It took too long.';
  return stderr?.match(/^\w*Error(?: \[\w+\])?: .*/m)?.[0] ?? String(error);
}

/** A line for each; none when there are none. */
export function printFailures(failures: readonly Failure[]): string {
  if (failures.length === 0) return '';
  const lines = failures.map(({ what, contender, reason }) => `  ${contender} in ${what}: ${reason}`);
  return ['Failed, and left out:', ...lines].join('\n');
}
