export type { CarrierName, CaseCall, Expectation, Scenario, WireName } from './case-schema.ts';
export { carrierNames, scenarioSchema, wireNames, wireRoots } from './case-schema.ts';
export type { ChildDriverOptions } from './child-driver.ts';
export { childDriver } from './child-driver.ts';
export { clientDriver } from './client-driver.ts';
export type { Difference } from './compare-outcome.ts';
export type { Deviation } from './deviations.ts';
export { loadDeviations } from './deviations.ts';
export type { ClientDriver, Surroundings } from './driver.ts';
export type { Verdict } from './judge.ts';
export { verdicts } from './judge.ts';
export type { AbsentCase, CaseIndex, ConformanceCase, LoadOptions } from './load-cases.ts';
export { CaseFormatError, loadCases } from './load-cases.ts';
export type { LoopbackServer } from './loopback-server.ts';
export { startLoopbackServer } from './loopback-server.ts';
export type { Outcome, OutcomeError } from './outcome.ts';
export { describeDifferences } from './report/describe-differences.ts';
export { junitReport } from './report/junit.ts';
export { countVerdicts, madeWith, matrixMarkdown, matrixText } from './report/matrix.ts';
export type { CaseResult, SuiteReport } from './report/suite-report.ts';
export { failsRun, hasFailed } from './report/suite-report.ts';
export type { RunSuiteOptions } from './run-suite.ts';
export { runSuite } from './run-suite.ts';
export type { CheckServerOptions } from './server/check-server.ts';
export { checkServer, wireAddresses } from './server/check-server.ts';
export { serverMarkdown } from './server/server-markdown.ts';
export type {
  ReportedExchange,
  ReportedOutcome,
  ServerReport,
  ServerResult,
  ServerVerdict,
} from './server/server-report.ts';
export { countServerVerdicts, serverFailed, serverVerdicts } from './server/server-report.ts';
export type { ServerSetup, ServerSetupFile } from './server/server-setup.ts';
export { applySetupFile, emulatorSetup, readSetupFile } from './server/server-setup.ts';
