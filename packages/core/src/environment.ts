interface ProcessLike {
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** An environment variable, where the platform has an environment; empty counts as not set. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { readonly process?: ProcessLike };
  return process?.env?.[name]?.trim() || undefined;
}
