import type { CaseResult, RunSuiteOptions } from '@qwire/conformance';

export interface Progress {
  readonly show: NonNullable<RunSuiteOptions['onResult']>;
  end(): void;
}

/** Counts along on one line of a terminal; elsewhere prints one line for each client and carrier. */
export function createProgress(stream: NodeJS.WriteStream = process.stdout): Progress {
  let group = '';
  let count = 0;

  return {
    show(result, { done, total }) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${done}/${total} ${result.client} ${result.carrier} ${result.behavior}`);
        return;
      }
      if (groupOf(result) !== group) printGroup();
      group = groupOf(result);
      count += 1;
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K');
      else printGroup();
    },
  };

  function printGroup(): void {
    if (group) stream.write(`${group}: ${count} cases done\n`);
    count = 0;
  }
}

function groupOf({ client, carrier }: CaseResult): string {
  return `${client}, ${carrier}`;
}
