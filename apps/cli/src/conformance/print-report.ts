import {
  type CaseResult,
  countVerdicts,
  describeDifferences,
  failsRun,
  madeWith,
  matrixText,
  type SuiteReport,
  type Verdict,
} from '@qwire/conformance';
import { colors } from '../colors.ts';
import { describeFailure } from './describe-failure.ts';

const paints: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: colors.green,
  fail: colors.red,
  deviation: colors.yellow,
  'not-applicable': colors.dim,
  'harness-error': colors.magenta,
};

// More are rarely read one by one; the written reports hold all.
const mostFailures = 20;

/** Prints the matrix, the failures, and how many there are of what; `all` leaves nothing out. */
export function printReport(report: SuiteReport, { all }: { readonly all: boolean }): void {
  const failed = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'harness-error');
  const { columns } = process.stdout;
  const matrix = matrixText(report, {
    all,
    paint: (verdict, text) => paints[verdict](text),
    ...(process.stdout.isTTY && columns > 0 && { columns }),
  });
  if (report.results.length > 0) console.log(`\n${matrix}\n`);
  const failures = joinCarriers(failed);
  const shown = all ? failures : failures.slice(0, mostFailures);
  for (const { result, carriers } of shown)
    console.log(`${describeFailure(result, { catalog: report.sources, carriers })}\n`);
  if (failures.length > shown.length)
    console.log(
      colors.dim(`${failures.length - shown.length} more fail; --all prints them, --output keeps them.\n`),
    );
  for (const problem of report.problems) console.log(colors.red(problem));
  for (const warning of report.warnings) console.log(colors.yellow(warning));
  for (const { name } of report.clients)
    console.log(`${name}: ${countVerdicts(ofClient(report.results, name))}`);
  const blocking = report.results.filter(failsRun).length;
  if (failed.length > blocking)
    console.log(colors.dim(`${failed.length - blocking} of these failures may be.`));
  console.log(colors.dim(madeWith(report)));
}

/** A case that fails in the same way on several carriers is one failure. */
function joinCarriers(failed: readonly CaseResult[]) {
  const failures = new Map<string, { readonly result: CaseResult; readonly carriers: string[] }>();
  for (const result of failed) {
    const key = [result.client, result.case, describeDifferences(result)].join('\n');
    const known = failures.get(key);
    if (known) known.carriers.push(result.carrier);
    else failures.set(key, { result, carriers: [result.carrier] });
  }
  return [...failures.values()];
}

function ofClient(results: readonly CaseResult[], name: string): CaseResult[] {
  return results.filter(({ client }) => client === name);
}
