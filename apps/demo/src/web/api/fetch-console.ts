import type { ConsoleInfo } from '../../shared/console-api.ts';

/** What there is to choose from. */
export async function fetchConsole(): Promise<ConsoleInfo> {
  const response = await fetch('/api/console');
  if (!response.ok) throw new Error(`The console answered with status ${response.status}.`);
  return (await response.json()) as ConsoleInfo;
}
