import type { ChatRequest, Warning } from '@qwire/core';
import { invalid } from '@qwire/core/adapter-kit';

/**
 * Refuses what this wire, or a call of this kind, cannot say.
 *
 * @returns warnings of what is said and will not be heeded.
 * @throws QwireError of kind `invalid-request` that names the member and the fix.
 */
export function checkSupport(
  request: ChatRequest,
  { stream }: { readonly stream: boolean },
): readonly Warning[] {
  const { model, n = 1, codeInterpreter, audio, extra } = request;
  if (/deep-research/i.test(model)) {
    throw invalid(
      'model',
      'is one that answers in phases of its own, which have no words here; no other model does',
    );
  }
  if (stream && n > 1) throw invalid('n', severalInStream);
  if (stream && Number(extra?.n) > 1) throw invalid('extra.n', severalInStream);
  if (!stream && codeInterpreter) throw invalid('codeInterpreter', 'works in a stream only; use stream()');
  if (audio) {
    throw invalid(
      'audio',
      'cannot be had on this wire: the models that speak answer on @qwire/openai-compatible',
    );
  }
  return [];
}

const severalInStream = 'must be 1 in a stream; use chat() for several answers';
