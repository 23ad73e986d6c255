import type { ConformanceCase } from '@qwire/conformance';

/** The groups of the suite that are on the board, with what they are about. */
export const boardGroups = {
  chat: 'Replies in one piece',
  stream: 'Streams',
  thinking: 'What a model thinks',
  tools: 'Tool calls',
  errors: 'Errors in place of a reply',
  'stream-errors': 'Errors inside a stream',
  framing: 'How the bytes of a stream are cut and framed',
  endings: 'How calls end otherwise',
  unknowns: 'What no document foresees',
  secrets: 'A key that a reply repeats is not shown',
} as const;

export type BoardGroup = keyof typeof boardGroups;

/** Options of the client that every client has in some form; the others are Qwire's own. */
const commonOptions = ['apiKey', 'baseURL', 'maxRetries'];

/**
 * Cases that ask a client to be more lenient than the standard of server-sent events, which says of such bytes that they
 * are no event, or one with another. A client that follows the standard is not to blame.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
const beyondStandard = [
  'openai-compatible/framing/no-final-blank-line',
  'dashscope/framing/no-final-blank-line',
  'openai-compatible/stream-errors/event-without-data',
  'dashscope/stream-errors/event-without-data',
];

/** Titles of cases about what Qwire's replies and errors have, and other clients need not. */
const ownMatters =
  /request id\b|\bthe id of an\b|\bthe id of the answer\b|\bno id\b|without an id\b|\bhint\b|pasted|asks to wait/i;

interface Exclusion {
  /** A sentence about "it", the case. */
  readonly because: string;
  readonly holds: (testCase: ConformanceCase) => boolean;
}

/** Why a case is not on the board, for any client; the first that holds counts. */
export const exclusions: readonly Exclusion[] = [
  {
    because:
      'its group is about Qwire’s own interface: addresses, regions, retries, refusals, the wording of requests, vectors',
    holds: ({ behavior }) => !(groupOf(behavior) in boardGroups),
  },
  { because: 'it is tentative', holds: ({ status }) => status !== 'stable' },
  { because: 'it cannot be shown over real HTTP', holds: ({ carriers }) => !carriers.includes('loopback') },
  {
    because: 'it is about an option or an environment variable of Qwire',
    holds: ({ call }) =>
      Object.keys(call.client).some((name) => !commonOptions.includes(name)) ||
      call.client.apiKey === null ||
      call.client.maxRetries > 0 ||
      Object.keys(call.options).length > 0 ||
      Object.keys(call.environment).length > 0,
  },
  {
    because: 'Qwire refuses the request before it is sent, which no other client has to do',
    holds: ({ exchanges, call }) => exchanges.length === 0 && call.cancel === undefined,
  },
  {
    because: 'the standard of server-sent events reads such bytes otherwise',
    holds: ({ id }) => beyondStandard.includes(id),
  },
  {
    because: 'Qwire sends a second request by itself',
    holds: ({ exchanges }) => exchanges.length > 1,
  },
  {
    because:
      'it is about the id of a call, a hint or a time to wait, which Qwire’s replies and errors have and others need not',
    holds: ({ title }) => ownMatters.test(title),
  },
  {
    because: 'it is about JSON that Qwire parses or mends for its caller',
    holds: ({ expect, call }) => expect.error?.text !== undefined || hasBrokenArguments(call.request),
  },
];

function hasBrokenArguments(request: unknown): boolean {
  let broken = false;
  JSON.stringify(request, (name, value: unknown) => {
    if (name === 'arguments' && typeof value === 'string') broken ||= !isJsonText(value);
    return value;
  });
  return broken;
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Why a case is not on the board; `undefined` when it is. */
export function excludedBecause(testCase: ConformanceCase): string | undefined {
  return exclusions.find(({ holds }) => holds(testCase))?.because;
}

/** The group that a behavior belongs to. */
export function groupOf(behavior: string): string {
  return behavior.slice(0, behavior.indexOf('/'));
}
