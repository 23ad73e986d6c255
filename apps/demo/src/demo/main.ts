import { QwireError } from '@qwire/core';
import { type DemoOptions, readDemoOptions, usage } from './demo-options.ts';
import { createPrinter } from './printer.ts';
import { runDemo } from './run-demo.ts';
import { listenForStop } from './stop-signals.ts';

/**
 * Runs the demo as a program.
 * @returns the exit code: 0 when it was stopped, 1 when there was nothing to show, 2 for wrong arguments.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const options = readArguments(argv);
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const signal = listenForStop(process, {
    onFirst: () => process.stdout.write('\nStopping.\n'),
    onSecond: () => process.exit(130),
  });
  try {
    await runDemo(options, { output: toOutput(process.stdout), environment: process.env, signal });
    return 0;
  } catch (error) {
    const printer = createPrinter(toOutput(process.stderr));
    printer.line();
    if (QwireError.is(error)) printer.failure(error);
    else printer.line(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function readArguments(argv: readonly string[]): DemoOptions | undefined {
  try {
    return readDemoOptions(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return undefined;
  }
}

function toOutput(stream: NodeJS.WriteStream) {
  return {
    write: (text: string) => void stream.write(text),
    colors: stream.isTTY === true && !process.env.NO_COLOR,
  };
}
