/** Every way in which a call can fail. Each kind asks something different of the caller. */
export const errorKinds = [
  /** An option or the environment is missing or wrong; nothing was sent. */
  'configuration',
  /** The service does not accept the key. */
  'authentication',
  /** The key is good, but its workspace may not do this. */
  'permission-denied',
  /** There is no such model here, or this wire does not offer it. */
  'model-not-found',
  /** The request is wrong; sending it again cannot help. */
  'invalid-request',
  /** The input is longer than the model accepts. */
  'context-length',
  /** Moderation stopped the input or the output. */
  'content-filtered',
  /** Too many requests or tokens just now; waiting helps. */
  'rate-limited',
  /** A plan, a free allowance or a resource quota is used up; waiting a minute does not help. */
  'quota-exhausted',
  /** Money is owed, or the service was not ordered. */
  'billing',
  /** The service failed. */
  'unavailable',
  /** One of the time limits ran out. */
  'timeout',
  /** The network failed. */
  'connection',
  /** The caller aborted the call. */
  'aborted',
  /** The service answered with something that is no valid reply. */
  'invalid-response',
  /** The workspace's own budget is spent; nothing was sent. */
  'budget-exceeded',
] as const;

/** What went wrong, the same on both wires; the list says of each what it means. */
export type ErrorKind = (typeof errorKinds)[number];
