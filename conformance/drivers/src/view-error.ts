import type { ConformanceCase, Observed } from '@qwire/conformance';
import { groupOf } from './board-rule.ts';
import type { Exposure } from './scored-client.ts';

type ExpectedError = NonNullable<Observed['error']>;

interface ErrorContext {
  readonly testCase: ConformanceCase;
  readonly exposes: Exposure;
  readonly unseen: Set<string>;
}

/** Members of an error that other clients have as well, in some form; hints and the like are Qwire's own. */
const compared = ['code', 'status', 'requestId', 'retryable', 'message'] as const;

/** Kinds of failures that the service says nothing of, so that every word of their messages is the client's. */
const ownKinds = ['invalid-response', 'connection', 'timeout', 'aborted', 'configuration'] as const;

/** What of an expected error is compared: what this client shows, and what the reply itself holds. */
export function viewError(error: ExpectedError, context: ErrorContext): ExpectedError {
  const { testCase, exposes, unseen } = context;
  const reply = testCase.exchanges.at(-1)?.reply;
  const ofStatus = reply?.kind === 'http' && reply.status >= 300;
  const { kinds, members } = ofStatus ? exposes.errors.ofStatus : exposes.errors.others;
  const viewed: ExpectedError = {};
  if (typeof error.kind === 'string') {
    const told = kinds.some((kind) => kind === error.kind);
    viewed.kind = told ? error.kind : null;
    if (!told) leftOut(unseen, 'error.kind');
  }
  for (const name of compared) {
    if (error[name] === undefined || !isInReply(name, error, testCase)) continue;
    if (members.includes(name)) Object.assign(viewed, { [name]: error[name] });
    else if (error[name] !== null) leftOut(unseen, `error.${name}`);
  }
  return viewed;
}

/** Notes something that a case states and a client does not show. */
export function leftOut(unseen: Set<string>, path: string): void {
  unseen.add(path);
}

/**
 * Whether the reply says it itself. The service also names the id of a call in a header, which the suite's replies
 * mostly leave out. A message that is not in the reply is Qwire's own, and so is what a message leaves out, but for
 * the key.
 */
function isInReply(
  name: (typeof compared)[number],
  error: ExpectedError,
  testCase: ConformanceCase,
): boolean {
  if (name === 'requestId') return isInHeader(error.requestId, testCase);
  if (name !== 'message') return true;
  const { kind, message } = error;
  if (kind !== undefined && ownKinds.some((own) => own === kind)) return false;
  if (isLacking(message)) return groupOf(testCase.behavior) === 'secrets';
  const text = typeof message === 'string' ? message : contained(message);
  if (text === undefined) return true;
  return testCase.exchanges.some(
    ({ reply }) =>
      reply.kind === 'http' &&
      new TextDecoder().decode(reply.body).includes(JSON.stringify(text).slice(1, -1)),
  );
}

function contained(message: ExpectedError['message']): string | undefined {
  return typeof message === 'object' && message !== null && 'contains' in message
    ? message.contains
    : undefined;
}

function isLacking(message: ExpectedError['message']): boolean {
  return typeof message === 'object' && message !== null && 'lacks' in message;
}

/** Whether the reply has this id in the header in which the service repeats it. */
export function isInHeader(requestId: unknown, { exchanges }: Pick<ConformanceCase, 'exchanges'>): boolean {
  const reply = exchanges.at(-1)?.reply;
  return reply?.kind === 'http' && requestId !== null && reply.headers['x-request-id'] === requestId;
}
