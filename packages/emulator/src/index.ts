export type {
  EmulatorConfig,
  Fault,
  ModelConfig,
  Quirks,
  ReplyRule,
  ResolvedConfig,
  ScriptedError,
  WorkspaceConfig,
} from './config.ts';
export type { ConfigIssue } from './config-error.ts';
export { EmulatorConfigError } from './config-error.ts';
export { createEmulator } from './create-emulator.ts';
export type { DocumentedError, DocumentedErrorName } from './documented-errors.ts';
export { documentedErrors } from './documented-errors.ts';
export type {
  BillLine,
  Emulator,
  EmulatorOptions,
  ListenOptions,
  RequestRecord,
  RunningEmulator,
  TokenUsage,
  UsageLine,
  WireName,
} from './emulator.ts';
export type { KnownModel } from './models.ts';
export { knownModels, matchesModel, modelsAsOf } from './models.ts';
export type { ReadConfigOptions } from './read-config.ts';
export { parseConfig, readConfig } from './read-config.ts';
export { sampleConfig } from './sample-config.ts';
