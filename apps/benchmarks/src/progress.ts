/** Says on stderr how far a run is. */
export interface Progress {
  /** One of all is done. */
  readonly step: (what: string) => void;
  /** Leaves the line of a terminal. */
  readonly end: () => void;
}

/** The time that is left is told from the time that was taken; on a terminal, one line is written over and over. */
export function createProgress(all: number, out: NodeJS.WriteStream = process.stderr): Progress {
  const start = performance.now();
  let done = 0;
  return {
    step(what) {
      done += 1;
      const left = ((performance.now() - start) / done) * (all - done);
      const line = `${done}/${all}  ${inWords(left)} left  ${what}`;
      out.write(out.isTTY ? `\r\u001b[K${line.slice(0, (out.columns ?? 80) - 1)}` : `${line}\n`);
    },
    end() {
      if (out.isTTY && done > 0) out.write('\r\u001b[K');
    },
  };
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
