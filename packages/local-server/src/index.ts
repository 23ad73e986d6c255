export { createLocalServer, type ServerLimits, serverLimits } from './create-local-server.ts';
export { type Access, servedHosts, whyRefused } from './why-refused.ts';
