import { type CaseResult, failsRun, type RunSuiteOptions } from '@qwire/conformance';

export interface Progress {
  readonly show: NonNullable<RunSuiteOptions['onResult']>;
  /** Leaves a clean line; for any number of times. */
  readonly end: () => void;
}

/** Counts along on one line of a terminal; elsewhere prints one line for each client and carrier. */
export function createProgress(stream: NodeJS.WriteStream = process.stdout): Progress {
  let group = '';
  let count = 0;
  let failed = 0;

  return {
    show(result, { done, total }) {
      if (failsRun(result)) failed += 1;
      if (stream.isTTY) {
        const { client, carrier, behavior } = result;
        const failures = failed === 0 ? '' : `, ${failed} failed`;
        const line = `${done}/${total}${failures}: ${client}, ${carrier}, ${behavior}`;
        // A line that wraps cannot be cleared.
        stream.write(`\r\u001b[K${line.slice(0, stream.columns > 0 ? stream.columns - 1 : undefined)}`);
        return;
      }
      if (groupOf(result) !== group) printGroup();
      group = groupOf(result);
      count += 1;
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K');
      else printGroup();
      group = '';
    },
  };

  function printGroup(): void {
    if (group) stream.write(`${group}: ${count} ${count === 1 ? 'case' : 'cases'} done\n`);
    count = 0;
  }
}

function groupOf({ client, carrier }: CaseResult): string {
  return `${client}, ${carrier}`;
}
