export { createLocalServer, type ServerLimits, serverLimits } from './create-local-server.ts';
export { isBrokenOff } from './is-broken-off.ts';
export { toRequest } from './to-request.ts';
export { type Access, servedHosts, whyRefused } from './why-refused.ts';
