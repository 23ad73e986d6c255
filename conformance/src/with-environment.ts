/** Runs something while these are the only `DASHSCOPE_` variables of the environment. */
export async function withEnvironment<Result>(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<Result>,
): Promise<Result> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('DASHSCOPE_'));
  clear();
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    clear();
    Object.assign(process.env, Object.fromEntries(own));
  }
}

function clear(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('DASHSCOPE_')) delete process.env[name];
}
