import { createInterface } from 'node:readline/promises';

/** Whether the person at the terminal says yes; anything else, Ctrl-C and the end of input are a no. */
export async function askYes(
  question: string,
  { signal, input = process.stdin }: { readonly signal: AbortSignal; readonly input?: NodeJS.ReadableStream },
): Promise<boolean> {
  const terminal = createInterface({ input, output: process.stderr });
  // The terminal keeps Ctrl-C to itself while it reads.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}
