const channels = ['log', 'info', 'warn', 'error'] as const;

/** Runs something while nothing that clients print is shown; what they print is not compared. */
export async function quietly<Result>(run: () => Promise<Result>): Promise<Result> {
  const own = channels.map((name) => [name, console[name]] as const);
  for (const [name] of own) console[name] = () => {};
  try {
    return await run();
  } finally {
    for (const [name, print] of own) console[name] = print;
  }
}
