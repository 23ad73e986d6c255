export type { ConsoleOptions, OfferedModel, WorkspaceClients } from './console-options.ts';
export type { Console, ConsoleListenOptions } from './create-console.ts';
export { createConsole, defaultConsolePort } from './create-console.ts';
