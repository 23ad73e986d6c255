import type { Call, CallResult, OtherCall } from '@qwire/core';

/** A call of a model, which is what the service counts and charges. */
export type ModelCall = Exclude<Call, OtherCall>;

export function isModelCall(call: Call): call is ModelCall {
  return call.operation !== 'other';
}

export type ModelResult = Exclude<CallResult, { readonly operation: 'other' }>;

/** @throws TypeError when an interceptor answered with something else. */
export function modelResult(result: CallResult): ModelResult {
  if (result.operation === 'other')
    throw new TypeError('An interceptor answered a call of a model with something else');
  return result;
}
