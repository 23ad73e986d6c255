/** Shows how far a run is: on one line of a terminal; elsewhere a line for each step, if these are worth keeping. */
export function countAlong(
  { piped }: { readonly piped: 'lines' | 'nothing' },
  stream: NodeJS.WriteStream = process.stdout,
) {
  return {
    show(text: string): void {
      // A line that wraps cannot be cleared.
      if (stream.isTTY)
        stream.write(`\r\u001b[K${text.slice(0, stream.columns > 0 ? stream.columns - 1 : undefined)}`);
      else if (piped === 'lines') stream.write(`${text}\n`);
    },
    end(): void {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
