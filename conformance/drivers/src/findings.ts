import type { Deviation, Difference } from '@qwire/conformance';
import type { Scored } from './run-board.ts';

/** What differences have in common, in words. */
interface Finding {
  /** Follows on "The client". */
  readonly says: string;
  /** `client-defect` unless given. */
  readonly cause?: Deviation['cause'];
  readonly holds: (difference: Difference, scored: Scored) => boolean;
}

const notOfItsOwn = 'throws an error of the language or the platform, and none of its own';

/** The first that holds for a difference names it. */
const findings: readonly Finding[] = [
  {
    says: 'asks a second time by itself',
    holds: ({ path, expected, actual }) => path === 'requests.length' && Number(actual) > Number(expected),
  },
  {
    says: 'sends null where the document shows an empty text',
    cause: 'document-unclear',
    holds: ({ path, expected, actual }) => path.startsWith('requests') && expected === '' && actual === null,
  },
  { says: 'sends something else than is documented', holds: ({ path }) => path.startsWith('requests') },
  {
    says: 'does not come back to its caller',
    holds: ({ path, actual }) => path === 'ended' && actual === 'no outcome in time',
  },
  {
    says: 'shows an answer that failed or broke off as a complete one',
    holds: ({ path, expected, actual }) =>
      path === 'ended' && expected === 'failed' && actual === 'completed',
  },
  {
    says: notOfItsOwn,
    holds: ({ path }, { view }) => path === 'ended' && view?.observation.outcome?.error?.kind === 'crash',
  },
  { says: 'fails where there is an answer', holds: ({ path }) => path === 'ended' },
  { says: 'keeps the connection after its caller has left', holds: ({ path }) => path === 'connection' },
  {
    says: 'shows the key that a reply repeats',
    holds: ({ path, actual }) => path === 'error' && actual === 'the API key',
  },
  { says: notOfItsOwn, holds: ({ path, actual }) => path === 'error.kind' && actual === 'crash' },
  {
    says: 'reports an error of the service as a reply of the wrong form',
    holds: ({ path, actual }) => path === 'error.kind' && actual === 'invalid-response',
  },
  { says: 'does not show the service’s code', holds: ({ path }) => path === 'error.code' },
  { says: 'does not show the service’s message', holds: ({ path }) => path === 'error.message' },
  {
    says: 'tells from the status alone whether another try may help',
    holds: ({ path }) => path === 'error.retryable',
  },
  {
    says: 'shows 0 tokens where none were reported',
    holds: ({ path, actual }) => path.startsWith('response.usage') && actual === 0,
  },
  {
    says: 'loses token counts',
    holds: ({ path, actual }) => path.startsWith('response.usage') && actual === undefined,
  },
  {
    says: 'hands on token counts that are no numbers',
    holds: ({ path, actual }) => path.startsWith('response.usage') && typeof actual !== 'number',
  },
  {
    says: 'shows other token counts than were reported',
    holds: ({ path }) => path.startsWith('response.usage'),
  },
  {
    says: 'shows other tool calls than were sent',
    holds: ({ path }) => path.startsWith('response.toolCalls'),
  },
  {
    says: 'gives another reason why the answer ended',
    holds: ({ path }) => path === 'response.finishReason' || path === 'response.rawFinishReason',
  },
  {
    says: 'loses or damages text',
    holds: ({ path }) =>
      path.startsWith('events') || path === 'response.text' || path === 'response.reasoning',
  },
];

/** What a failing case shows of its client; how a call ended speaks for what is missing because of it. */
export function findingsOf(scored: Scored): readonly Pick<Finding, 'says' | 'cause'>[] {
  const { differences } = scored.judgment;
  const ended = differences.some(({ path }) => path === 'ended');
  const telling = ended
    ? differences.filter(({ path }) => path === 'ended' || /^(requests|connection)/.test(path))
    : differences;
  const found = telling.map(
    (difference) =>
      findings.find(({ holds }) => holds(difference, scored)) ?? {
        says: `shows something else as ${difference.path}`,
      },
  );
  return [...new Map(found.map((finding) => [finding.says, finding])).values()];
}
