import type { ChatRequest } from '@qwire/core';
import { type ChatAsked, thinks, withRequest } from './chat-asked.ts';
import type { Finding, Repair } from './repair.ts';
import { hasSchema, schemaInWords } from './schema-in-words.ts';
import { streamRepairs, streamRepairsOfModels } from './stream-repairs.ts';

/**
 * What the service refuses of models that are known. In this order: a repair may need the one before it.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/error-code
 */
const modelRepairs: readonly Repair<ChatAsked>[] = [
  {
    name: 'thinking of a model that has none',
    find: (asked) =>
      asked.request.thinking && asked.facts.thinking === 'never'
        ? thinkingLeftOut(asked, 'does not think')
        : undefined,
  },
  {
    name: 'thinking that cannot be switched off',
    find: (asked) =>
      asked.request.thinking === false && asked.facts.thinking === 'always'
        ? thinkingLeftOut(asked, 'always thinks')
        : undefined,
  },
  {
    name: 'thinking budget above the ceiling',
    find: (asked) => {
      const { thinking, model } = asked.request;
      const { maxThinkingTokens: most = Number.POSITIVE_INFINITY } = asked.facts;
      if (typeof thinking !== 'object' || thinking.budget === undefined || thinking.budget <= most) {
        return undefined;
      }
      return {
        field: 'thinking.budget',
        problem: `${model} thinks for ${most} tokens at most`,
        fix: `lower it to ${most}`,
        repaired: {
          done: `lowered from ${thinking.budget}`,
          asked: withRequest(asked, { thinking: { ...thinking, budget: most } }),
        },
      };
    },
  },
  {
    name: 'schema for a model without JSON Schema mode',
    find: (asked) => {
      const { request, facts } = asked;
      if (!hasSchema(request) || facts.jsonSchema !== false || facts.jsonMode === false) return undefined;
      return {
        field: 'responseFormat',
        problem: `${request.model} has no JSON Schema mode`,
        fix: 'use "json" and describe the shape in a message',
        repaired: {
          done: 'JSON mode is used, and the schema is told in the system message',
          asked: { ...asked, request: schemaInWords(request) },
        },
      };
    },
  },
  {
    // Documented of JSON mode. Schema mode is a kind of it, and the refusal does not tell the two apart.
    name: 'JSON of a model that thinks by default',
    find: (asked) =>
      asksForJson(asked.request) ? thinkingOff(asked, 'cannot be held to JSON while it does') : undefined,
  },
  {
    name: 'continuation by a model that thinks by default',
    find: (asked) =>
      isPartial(asked.request)
        ? thinkingOff(asked, 'cannot go on from a partial message while it does')
        : undefined,
  },
  {
    name: 'named tool while the model thinks',
    find: (asked) => {
      const { model, toolChoice } = asked.request;
      if (typeof toolChoice !== 'object' || !thinks(asked)) return undefined;
      return {
        field: 'toolChoice',
        problem: `${model} cannot be held to one tool while it thinks`,
        fix: asked.facts.thinking === 'always' ? 'use "auto"' : 'use "auto", or set thinking: false',
        repaired: { done: 'changed to "auto"', asked: withRequest(asked, { toolChoice: 'auto' }) },
      };
    },
  },
  {
    name: 'limit of thinking and answer for a model that knows one of the answer only',
    find: (asked) => {
      const { maxCompletionTokens, ...request } = asked.request;
      if (maxCompletionTokens === undefined || asked.facts.completionLimit !== false) return undefined;
      const { model, maxTokens = maxCompletionTokens } = request;
      return {
        field: 'maxCompletionTokens',
        problem: `${model} knows maxTokens only`,
        fix: 'use that, which does not count thinking',
        repaired: {
          done: 'sent as maxTokens, which does not count thinking',
          asked: {
            ...asked,
            request: { ...request, maxTokens: Math.min(maxTokens, maxCompletionTokens) },
          },
        },
      };
    },
  },
  {
    name: 'limit above what the model can answer',
    find: (asked) => {
      const { model, maxTokens } = asked.request;
      const { maxOutputTokens: most = Number.POSITIVE_INFINITY } = asked.facts;
      if (maxTokens === undefined || maxTokens <= most) return undefined;
      return {
        field: 'maxTokens',
        problem: `${model} answers with ${most} tokens at most`,
        fix: `lower it to ${most}`,
        repaired: { done: `lowered from ${maxTokens}`, asked: withRequest(asked, { maxTokens: most }) },
      };
    },
  },
];

/** What is looked at with a model that is known, and with one that is not. */
export const chatRepairs = {
  known: [...modelRepairs, ...streamRepairsOfModels, ...streamRepairs],
  unknown: streamRepairs,
} as const;

function thinkingLeftOut(asked: ChatAsked, because: string): Finding<ChatAsked> {
  const { thinking: _, ...request } = asked.request;
  return {
    field: 'thinking',
    problem: `${request.model} ${because}`,
    fix: 'leave it out',
    repaired: { done: 'left out', asked: { ...asked, request } },
  };
}

/** What the caller said about thinking stands; only the default gives way. */
function thinkingOff(asked: ChatAsked, excluded: string): Finding<ChatAsked> | undefined {
  const { request, facts } = asked;
  if (request.thinking !== undefined || !facts.thinkingByDefault || facts.thinking === 'always') {
    return undefined;
  }
  return {
    field: 'thinking',
    problem: `${request.model} thinks unless told otherwise, and ${excluded}`,
    fix: 'set it to false',
    repaired: { done: 'switched off', asked: withRequest(asked, { thinking: false }) },
  };
}

function asksForJson({ responseFormat }: ChatRequest): boolean {
  return responseFormat !== undefined && responseFormat !== 'text';
}

function isPartial({ messages }: ChatRequest): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.partial === true;
}
