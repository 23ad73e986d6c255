import type { CallResult, Interceptor, Warning } from '@qwire/core';
import { QwireError } from '@qwire/core/adapter-kit';
import { type ModelPath, modelPath } from './model-path.ts';
import { isWrongPath } from './read-error.ts';

/**
 * Repeats a call once on the other path when the service says only "url error", and keeps that path; see
 * retry/other-path. Models whose path was set by hand are left alone.
 *
 * @param known what the wire goes by; learned paths are added to it
 * @param fixed models that are not to be learned about
 */
export function learnPath(known: Map<string, ModelPath>, fixed: ReadonlySet<string>): Interceptor {
  return (next) => async (call) => {
    const { model } = call.request;
    const isChat = call.operation === 'chat' || call.operation === 'stream';
    if (!isChat || fixed.has(model)) return next(call);
    const tried = modelPath(model, known);
    try {
      return await next(call);
    } catch (refusal) {
      if (!isWrongPath(refusal)) throw refusal;
      const other = tried === 'text' ? 'multimodal' : 'text';
      known.set(model, other);
      try {
        return withWarning(await next(call), otherPath(tried, other));
      } catch (error) {
        if (!isHopeless(error)) throw error;
        known.delete(model);
        throw refusal;
      }
    }
  };
}

/** The other path is not it either, or cannot say the request, which then never left. */
function isHopeless(error: unknown): boolean {
  return isWrongPath(error) || (QwireError.is(error) && error.kind === 'invalid-request' && !error.status);
}

function otherPath(tried: ModelPath, other: ModelPath): Warning {
  return {
    field: 'model',
    message:
      `The service does not serve this model on the ${tried} path; the call was repeated on the ${other} path, ` +
      'which is kept. Name it in the option "paths" to save the repetition',
  };
}

function withWarning(result: CallResult, warning: Warning): CallResult {
  if (result.operation === 'stream') {
    const { rest } = result;
    return { ...result, rest: () => ({ ...rest(), warnings: [warning, ...rest().warnings] }) };
  }
  if (result.operation !== 'chat') return result;
  const { response } = result;
  return { ...result, response: { ...response, warnings: [warning, ...response.warnings] } };
}
