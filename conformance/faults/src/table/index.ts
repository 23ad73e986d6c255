import { type Fault, phases } from '../fault.ts';
import { bodies } from './bodies.ts';
import { cancelled } from './cancelled.ts';
import { connecting } from './connecting.ts';
import { endless } from './endless.ts';
import { headers } from './headers.ts';
import { replies } from './replies.ts';

/** All rows, in the order of a call. */
export const faults: readonly Fault[] = [
  ...connecting,
  ...headers,
  ...bodies,
  ...replies,
  ...endless,
  ...cancelled,
].sort((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase));
