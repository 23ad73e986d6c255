import { type Capabilities, type CapabilityKey, capabilityKeys, type Support } from '@qwire/core';
import * as z from 'zod';
import { describeIssues } from './describe-issues.ts';
import type { ClientDriver } from './driver.ts';
import { isRecord } from './is-record.ts';

const support = z.custom<Support>(
  isSupport,
  'is not stated; say true, or { "supported": false, "because": "…" }',
);

/** Every capability, stated; there is no default, because a group that is left out would be a check that never runs. */
export const capabilitiesSchema = z.strictObject(
  Object.fromEntries(capabilityKeys.map((key) => [key, support])) as Record<CapabilityKey, typeof support>,
);

/**
 * Refuses a driver that leaves a capability open, or states one that is not known.
 *
 * @throws Error naming the client and each key.
 */
export function checkDriver({ name, supports }: ClientDriver): void {
  const parsed = z.strictObject({ supports: capabilitiesSchema }).safeParse({ supports });
  if (parsed.success) return;
  throw new Error(`The driver of ${name} is wrong:\n${describeIssues(parsed.error.issues).join('\n')}`);
}

function isSupport(value: unknown): value is Capabilities[CapabilityKey] {
  if (value === true) return true;
  return (
    isRecord(value) && value.supported === false && typeof value.because === 'string' && value.because !== ''
  );
}
