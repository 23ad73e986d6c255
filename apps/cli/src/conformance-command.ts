import { type CarrierName, carrierNames, hasFailed, loadCases, runSuite } from '@qwire/conformance';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { goOnWithoutReader } from './closed-pipe.ts';
import { errorColors } from './colors.ts';
import { leaveOnSignal } from './conformance/leave-on-signal.ts';
import { type ClientOptions, loadDrivers } from './conformance/load-driver.ts';
import { addModeOptions, type ModeOptions, runMode } from './conformance/modes.ts';
import { newCaseCommand } from './conformance/new-case-command.ts';
import { printReport } from './conformance/print-report.ts';
import { createProgress } from './conformance/progress.ts';
import { interruptedExitCode, stopSignal } from './conformance/stop-signal.ts';
import { writeReports } from './conformance/write-reports.ts';
import { UsageCommand } from './usage-command.ts';

interface Options extends ModeOptions, ClientOptions {
  readonly filter?: string;
  readonly carrier: readonly CarrierName[];
  readonly output?: string;
  readonly cases?: string;
  readonly all?: true;
}

/** `qwire conformance`: holds clients to the documented exchanges, and fails when one does not keep to them. */
export function conformanceCommand(): Command {
  const command = new UsageCommand('conformance')
    .description('Hold clients to the documented exchanges of Model Studio and print the matrix')
    .option('--driver <file>', 'module whose default export is a client driver; may be given again', collect)
    .option(
      '--driver-command <command>',
      'starts a client in any language, which speaks in lines of JSON; may be given again',
      collect,
    )
    .option(
      '--deviations <client=file>',
      'known deviations of the client of this name; those of a module are in the file beside it',
      collect,
    )
    .option('--filter <text>', 'only cases whose id or title contains this text')
    .addOption(
      new Option('--carrier <name>', 'intercept, loopback or both')
        .default(carrierNames, 'both')
        .argParser(toCarriers),
    )
    .option('--cases <folder>', "cases of your own, instead of the suite's")
    .option('--all', 'print every behavior and every failure in full, however many there are')
    .option('--output <folder>', 'write the reports into this folder: HTML, JSON, JUnit and Markdown')
    .action(run)
    .addCommand(newCaseCommand());
  return addModeOptions(command);
}

function collect(file: string, files: readonly string[] = []): readonly string[] {
  return [...files, file];
}

function toCarriers(name: string): readonly CarrierName[] {
  if (name === 'both') return carrierNames;
  const carrier = carrierNames.find((known) => known === name);
  if (!carrier) throw new InvalidArgumentError(`Use ${[...carrierNames, 'both'].join(', ')}.`);
  return [carrier];
}

async function run(options: Options): Promise<void> {
  if (await runMode(options)) return;
  const { filter, carrier: carriers, output, all = false } = options;
  if (output !== undefined) goOnWithoutReader();
  const release = leaveOnSignal();
  const loaded = await loadDrivers(options);
  const cases = loadCases(options.cases === undefined ? {} : { folder: options.cases });
  const progress = createProgress();
  const stopping = stopSignal(progress.end);
  release();
  const report = await runSuite({
    drivers: loaded.map(({ driver }) => driver),
    deviations: Object.fromEntries(loaded.map(({ driver, deviations }) => [driver.name, deviations])),
    cases,
    carriers,
    signal: stopping.signal,
    ...(filter !== undefined && { filter }),
    onResult: progress.show,
  });
  stopping.release();
  progress.end();
  process.exitCode = hasFailed(report) || report.results.length === 0 ? 1 : 0;
  printReport(report, { all });
  if (output !== undefined) console.log(await writeReports({ report, cases, folder: output }));
  // A call that was under way would keep the process.
  if (stopping.signal.aborted) process.exit(interruptedExitCode);
  if (report.results.length === 0) console.error(errorColors.red(describeNothing(filter)));
}

function describeNothing(filter: string | undefined): string {
  return filter === undefined
    ? 'There is no case for these clients.'
    : `No case matches ${JSON.stringify(filter)}.`;
}
