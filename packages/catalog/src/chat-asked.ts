import type { ChatRequest } from '@qwire/core';
import type { ModelFacts } from './model-facts.ts';

/** A call of a chat model, with what is known about the model. */
export interface ChatAsked {
  readonly request: ChatRequest;
  readonly stream: boolean;
  readonly facts: ModelFacts;
}

/** Whether the model thinks in this call, as far as is known. */
export function thinks({ request: { thinking }, facts }: ChatAsked): boolean {
  if (facts.thinking === 'always') return true;
  return thinking === undefined ? facts.thinkingByDefault === true : thinking !== false;
}

export function withRequest(asked: ChatAsked, changed: Partial<ChatRequest>): ChatAsked {
  return { ...asked, request: { ...asked.request, ...changed } };
}
