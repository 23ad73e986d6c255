import { type ChatAsked, thinks } from './chat-asked.ts';
import type { Finding, Repair } from './repair.ts';

/** What models that are known do in a stream only. */
export const streamRepairsOfModels: readonly Repair<ChatAsked>[] = [
  {
    name: 'reply in one piece from a model that only streams',
    find: (asked) =>
      asked.facts.streamOnly
        ? streamed(asked, {
            field: 'model',
            problem: `${asked.request.model} answers in a stream only`,
            fix: 'call stream()',
          })
        : undefined,
  },
  {
    name: 'reply in one piece from a model that thinks in a stream only',
    find: (asked) =>
      asked.facts.thinkingWithoutStream === false && thinks(asked)
        ? streamed(asked, {
            field: 'thinking',
            problem: `${asked.request.model} thinks in a stream only`,
            fix: 'call stream(), or set thinking: false',
          })
        : undefined,
  },
];

/** What the service does in a stream only, whatever the model. */
export const streamRepairs: readonly Repair<ChatAsked>[] = [
  {
    name: 'code in a reply in one piece',
    find: (asked) =>
      asked.request.codeInterpreter
        ? streamed(asked, {
            field: 'codeInterpreter',
            problem: 'code is run in a stream only',
            fix: 'call stream()',
          })
        : undefined,
  },
  {
    name: 'speech in a reply in one piece',
    find: (asked) =>
      asked.request.audio
        ? streamed(asked, { field: 'audio', problem: 'speech comes in a stream only', fix: 'call stream()' })
        : undefined,
  },
];

function streamed(
  asked: ChatAsked,
  finding: Omit<Finding<ChatAsked>, 'repaired'>,
): Finding<ChatAsked> | undefined {
  if (asked.stream) return undefined;
  const { n = 1 } = asked.request;
  if (n > 1) {
    return { field: 'n', problem: `${finding.problem}, and a stream carries one answer`, fix: 'set it to 1' };
  }
  return {
    ...finding,
    repaired: { done: 'sent as a stream and collected', asked: { ...asked, stream: true } },
  };
}
