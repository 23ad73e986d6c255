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
  const { n = 1, codeInterpreter, audio, ocr, search, extra } = request;
  if (stream && n > 1) throw invalid('n', severalInStream);
  if (stream && Number(extra?.n) > 1) throw invalid('extra.n', severalInStream);
  if (!stream && codeInterpreter) throw invalid('codeInterpreter', 'works in a stream only; use stream()');
  if (!stream && audio) throw invalid('audio', 'comes in a stream only; use stream()');
  if (ocr) {
    throw invalid(
      'ocr',
      'has no words on this wire; use @qwire/dashscope, or ask for the task in the user message',
    );
  }
  if (typeof search !== 'object') return [];
  return (['citations', 'sourcesFirst'] as const)
    .filter((member) => search[member])
    .map((member) => ({ field: `search.${member}`, message: noSources }));
}

const noSources = 'The service returns neither sources nor citations on this wire; @qwire/dashscope has them';

const severalInStream = 'must be 1 in a stream; use chat() for several answers';
