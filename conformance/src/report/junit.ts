import builder from 'junit-report-builder';
import { describeDifferences } from './describe-differences.ts';
import { type CaseResult, failsRun, type SuiteReport } from './suite-report.ts';

/** The run as JUnit XML: one suite for each client and carrier. */
export function junitReport(report: SuiteReport): string {
  const document = builder.newBuilder();
  for (const { name } of report.clients) {
    for (const carrier of report.carriers) {
      const suite = document.testSuite().name(`${name} (${carrier})`);
      for (const result of report.results) {
        if (result.client === name && result.carrier === carrier) addResult(suite.testCase(), result);
      }
    }
  }
  const runProblems = document.testSuite().name('the run itself');
  for (const problem of report.problems) runProblems.testCase().name(problem).error(problem);
  return document.build();
}

type TestCase = ReturnType<ReturnType<ReturnType<typeof builder.newBuilder>['testSuite']>['testCase']>;

function addResult(testCase: TestCase, result: CaseResult): void {
  const { verdict, behavior, title, wireFormat, because = '', durationMs } = result;
  testCase
    .className(`${wireFormat}.${behavior.replace('/', '.')}`)
    .name(title)
    .time(durationMs / 1000);
  const details = describeDifferences(result);
  if (verdict === 'harness-error') testCase.error(because || 'error of the harness');
  else if (failsRun(result)) testCase.failure(details);
  else if (verdict !== 'pass')
    testCase.skipped().standardOutput([verdict, because, details].filter(Boolean).join('\n'));
}
