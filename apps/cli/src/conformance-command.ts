import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type CarrierName,
  type CaseResult,
  carrierNames,
  countVerdicts,
  failsRun,
  hasFailed,
  junitReport,
  loadCases,
  madeWith,
  matrixText,
  runSuite,
  type SuiteReport,
  type Verdict,
} from '@qwire/conformance';
import { Command, InvalidArgumentError, Option } from 'commander';
import { colors } from './colors.ts';
import { describeFailure } from './conformance/describe-failure.ts';
import { leaveOnSignal } from './conformance/leave-on-signal.ts';
import { type ClientOptions, loadDrivers } from './conformance/load-driver.ts';
import { addModeOptions, type ModeOptions, runMode } from './conformance/modes.ts';
import { createProgress } from './conformance/progress.ts';

interface Options extends ModeOptions, ClientOptions {
  readonly filter?: string;
  readonly carrier: readonly CarrierName[];
  readonly output?: string;
}

/** `qwire conformance`: holds clients to the documented exchanges, and fails when one does not keep to them. */
export function conformanceCommand(): Command {
  const command = new Command('conformance')
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
    .option('--output <folder>', 'write the reports into this folder')
    .action(run);
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
  const { filter, carrier: carriers, output } = options;
  leaveOnSignal();
  const loaded = await loadDrivers(options);
  const cases = loadCases();
  const progress = createProgress();
  const report = await runSuite({
    drivers: loaded.map(({ driver }) => driver),
    deviations: Object.fromEntries(loaded.map(({ driver, deviations }) => [driver.name, deviations])),
    cases,
    carriers,
    ...(filter !== undefined && { filter }),
    onResult: progress.show,
  });
  progress.end();
  print(report, (id) => cases.sources[id]?.url);
  if (output !== undefined) await write(report, resolve(output));
  if (report.results.length === 0) console.error(colors.red(`No case matches ${JSON.stringify(filter)}.`));
  process.exitCode = hasFailed(report) || report.results.length === 0 ? 1 : 0;
}

const paints: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: colors.green,
  fail: colors.red,
  deviation: colors.yellow,
  'not-applicable': colors.dim,
  'harness-error': colors.magenta,
};

function print(report: SuiteReport, findSource: (id: string) => string | undefined): void {
  const failed = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'harness-error');
  console.log(`\n${matrixText(report, (verdict, text) => paints[verdict](text))}\n`);
  for (const result of failed) console.log(`${describeFailure(result, findSource)}\n`);
  for (const problem of report.problems) console.log(colors.red(problem));
  for (const warning of report.warnings) console.log(colors.yellow(warning));
  for (const { name } of report.clients)
    console.log(`${name}: ${countVerdicts(ofClient(report.results, name))}`);
  const blocking = report.results.filter(failsRun).length;
  if (failed.length > blocking)
    console.log(colors.dim(`${failed.length - blocking} of these failures may be.`));
  console.log(colors.dim(madeWith(report)));
}

function ofClient(results: readonly CaseResult[], name: string): CaseResult[] {
  return results.filter(({ client }) => client === name);
}

async function write(report: SuiteReport, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, 'junit.xml'), junitReport(report));
}
