/** One mistake in a configuration. */
export interface ConfigIssue {
  /** The field, such as `workspaces[1].models[0]`; empty for the whole. */
  readonly path: string;
  /** What is wrong and how to put it right. */
  readonly message: string;
}

/** A configuration that cannot be used. Its message names the file and lists every mistake. */
export class EmulatorConfigError extends Error {
  override readonly name = 'EmulatorConfigError';
  readonly file: string | undefined;
  readonly issues: readonly ConfigIssue[];

  constructor(file: string | undefined, issues: readonly ConfigIssue[]) {
    const lines = issues.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
    const count = issues.length === 1 ? '1 mistake' : `${issues.length} mistakes`;
    super(`${file ?? 'configuration'}: ${count}\n${lines.join('\n')}`);
    this.file = file;
    this.issues = issues;
  }
}
