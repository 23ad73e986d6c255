/** What is read from a stream of bytes: its lines, or why it holds none. */
export interface LineListener {
  onLine(line: string): void;
  /** Called once; nothing is read after it. */
  onMistake(because: string): void;
}

/**
 * Cuts bytes into lines of UTF-8. A line is kept until it ends, so its length is limited: a child that writes without
 * end must not fill the memory.
 */
export function createLineReader({ onLine, onMistake }: LineListener, limitBytes = 16 * 1024 * 1024) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Uint8Array[] = [];
  let size = 0;
  let stopped = false;

  return (chunk: Uint8Array): void => {
    if (stopped) return;
    let rest = chunk;
    for (let end = rest.indexOf(newline); end >= 0 && !stopped; end = rest.indexOf(newline)) {
      keep(rest.subarray(0, end));
      finishLine();
      rest = rest.subarray(end + 1);
    }
    if (!stopped) keep(rest);
  };

  function keep(part: Uint8Array): void {
    parts.push(part);
    size += part.length;
    if (size > limitBytes) stop(`wrote a line of more than ${limitBytes} bytes`);
  }

  function finishLine(): void {
    if (stopped) return;
    const bytes = Buffer.concat(parts);
    parts = [];
    size = 0;
    let line: string;
    try {
      line = decoder.decode(bytes);
    } catch {
      stop(`wrote a line that is not UTF-8: ${JSON.stringify(bytes.toString('latin1').slice(0, 100))}`);
      return;
    }
    onLine(line);
  }

  function stop(because: string): void {
    stopped = true;
    parts = [];
    onMistake(because);
  }
}

const newline = '\n'.charCodeAt(0);
