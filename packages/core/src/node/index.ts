export type { NodeTransport, NodeTransportOptions } from './node-transport.ts';
export { createNodeTransport } from './node-transport.ts';
