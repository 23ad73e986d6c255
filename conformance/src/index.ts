export type { Carrier } from './carrier.ts';
export type { SeenRequest } from './case-run.ts';
export type {
  CarrierName,
  CaseCall,
  Citation,
  Expectation,
  Observed,
  Scenario,
  WireName,
} from './case-schema.ts';
export { carrierNames, scenarioSchema, wireNames, wireRoots } from './case-schema.ts';
export { checkCarrier } from './check-carrier.ts';
export { checkDriver } from './check-driver.ts';
export type { ChildDriverOptions } from './child-driver.ts';
export { childDriver } from './child-driver.ts';
export { clientDriver } from './client-driver.ts';
export type { Difference } from './compare-outcome.ts';
export { describeError } from './describe-error.ts';
export type { Deviation } from './deviations.ts';
export { loadDeviations } from './deviations.ts';
export type { ClientDriver, Surroundings } from './driver.ts';
export type { JudgedCase } from './find-differences.ts';
export type { Judgment, Verdict } from './judge.ts';
export { judge, verdicts } from './judge.ts';
export { describeDrift, driftMarkdown } from './live/drift-markdown.ts';
export type { DriftEntry, DriftReport, DriftVerdict } from './live/drift-report.ts';
export { countDrift, driftVerdicts, hasDrift } from './live/drift-report.ts';
export type { LiveRegion } from './live/live-region.ts';
export { liveRegions, pricesOf, toLiveRegion } from './live/live-region.ts';
export type { Ceilings, LivePlan } from './live/plan-live.ts';
export { formatCost, planLive } from './live/plan-live.ts';
export type { LiveOptions } from './live/run-live.ts';
export { runLive } from './live/run-live.ts';
export type { ServiceAddress, ServiceAddressOptions } from './live/service-address.ts';
export { serviceAddress } from './live/service-address.ts';
export type { AbsentCase, CaseIndex, ConformanceCase, LoadOptions } from './load-cases.ts';
export { CaseFormatError, loadCases } from './load-cases.ts';
export { startLoopbackCarrier } from './loopback-carrier.ts';
export type { LoopbackServer } from './loopback-server.ts';
export { startLoopbackServer } from './loopback-server.ts';
export { mergeDeltas } from './merge-deltas.ts';
export type { Outcome, OutcomeError } from './outcome.ts';
export type { Observation } from './perform-case.ts';
export { performCase } from './perform-case.ts';
export type { Forwarded } from './record/forwarder.ts';
export type { Kept, Recorder, RecorderOptions } from './record/recorder.ts';
export { createRecorder } from './record/recorder.ts';
export type { RunningRecording } from './record/start-recording.ts';
export { startRecording } from './record/start-recording.ts';
export { describeDifferences } from './report/describe-differences.ts';
export { htmlReport } from './report/html.ts';
export { junitReport } from './report/junit.ts';
export { countVerdicts, madeWith, matrixMarkdown } from './report/matrix.ts';
export type { MatrixTextOptions } from './report/matrix-text.ts';
export { matrixText } from './report/matrix-text.ts';
export type { CaseResult, SuiteReport } from './report/suite-report.ts';
export { failsRun, hasFailed } from './report/suite-report.ts';
export { reviveRequest } from './revive-request.ts';
export type { RunSuiteOptions } from './run-suite.ts';
export { runSuite } from './run-suite.ts';
export type { ScaffoldedCase, ScaffoldOptions } from './scaffold-case.ts';
export { scaffoldCase } from './scaffold-case.ts';
export type { FoundSecret } from './secrets/find-secret.ts';
export { findSecret } from './secrets/find-secret.ts';
export { keyWritings } from './secrets/key-writings.ts';
export { printEverything } from './secrets/print-everything.ts';
export type { CheckServerOptions } from './server/check-server.ts';
export { checkServer } from './server/check-server.ts';
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
