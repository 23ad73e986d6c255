import type { ConformanceCase, JudgedCase, Observation, Observed, Outcome } from '@qwire/conformance';
import type { ChatEvent } from '@qwire/core';
import type { Exposure } from './scored-client.ts';
import { withoutZeros } from './token-counts.ts';
import { leftOut, viewError } from './view-error.ts';
import { alikeMessages, viewBody } from './view-messages.ts';
import { viewResponse } from './view-response.ts';

/** A case and what was seen, as far as they are compared for one client. */
export interface View {
  readonly testCase: JudgedCase;
  readonly observation: Observation;
  /** What the case states and this client does not show, such as `error.code`; each once. */
  readonly unseen: readonly string[];
}

/** Looks at a case, and at what was seen of it, by the rule of the board and by what the client shows. */
export function viewCase(testCase: ConformanceCase, observation: Observation, exposes: Exposure): View {
  const unseen = new Set<string>();
  const view = (expect: Observed): Observed => viewExpectation(expect, { testCase, exposes, unseen });
  const expect = view(testCase.expect);
  const outcome = observation.outcome && viewOutcome(observation.outcome, expect);
  return {
    testCase: {
      ...testCase,
      expect,
      alsoAllowed: testCase.alsoAllowed.map((other) => ({ expect: view(other.expect) })),
      exchanges: testCase.exchanges.map(({ request, reply }) => ({
        reply,
        request: {
          ...request,
          forbidBodyPaths: [],
          bodyMatch: 'contains',
          ...(request.body !== undefined && { body: viewBody(request.body) as typeof request.body }),
        },
      })),
    },
    observation: {
      ...observation,
      outcome,
      seen: observation.seen.map((seen, position) => ({
        ...seen,
        body: sameBody(seen.body, testCase.exchanges[position]?.request.body),
      })),
    },
    unseen: [...unseen],
  };
}

interface ViewContext {
  readonly testCase: ConformanceCase;
  readonly exposes: Exposure;
  readonly unseen: Set<string>;
}

function viewExpectation(expect: Observed, context: ViewContext): Observed {
  const { ended, events, response, error } = expect;
  const viewed: Observed = { ended };
  if (events) viewed.events = viewEvents(events, context);
  // How a client tells its caller that the caller left is its own affair.
  if (error && ended !== 'cancelled') viewed.error = viewError(error, context);
  if (ended === 'completed') {
    const end = events?.find((event) => event.type === 'finish');
    const counts = events?.find((event) => event.type === 'usage');
    const { type: _, ...finish } = end ?? { type: 'finish' };
    viewed.response = viewResponse(
      { ...finish, ...(counts && { usage: counts.usage }), ...response },
      context,
    );
  }
  return viewed;
}

/** Of a stream's events, what was said and thought; everything else is compared in the response. */
function viewEvents(events: NonNullable<Observed['events']>, { exposes, unseen }: ViewContext) {
  const kept: NonNullable<Observed['events']> = [];
  for (const event of events) {
    if (event.type === 'response-start') kept.push({ type: event.type });
    if (event.type === 'text-delta') kept.push({ type: event.type, text: event.text });
    if (event.type === 'reasoning-delta') {
      if (exposes.response.includes('reasoning')) kept.push(event);
      else leftOut(unseen, 'reasoning');
    }
    if (event.type === 'finish') kept.push({ type: event.type, finishReason: 'other' });
  }
  return kept;
}

function viewOutcome({ ended, events, response, error }: Outcome, expect: Observed): Outcome {
  return {
    ended,
    ...(events && { events: events.flatMap(viewEvent) }),
    ...(response && { response: withoutOwn(response) }),
    ...(error && expect.ended !== 'cancelled' && { error }),
  };
}

function viewEvent(event: ChatEvent): readonly ChatEvent[] {
  if (event.type === 'text-delta') return [{ type: event.type, text: event.text }];
  if (event.type === 'finish') {
    return [{ type: event.type, finishReason: 'other', rawFinishReason: undefined }];
  }
  return event.type === 'response-start' || event.type === 'reasoning-delta' ? [event] : [];
}

/** Warnings are Qwire's own. */
function withoutOwn({
  warnings: _,
  usage,
  ...response
}: NonNullable<Outcome['response']>): NonNullable<Outcome['response']> {
  return { ...response, ...(usage && { usage: withoutZeros(usage) }) };
}

function sameBody(text: string, expected: unknown): string {
  if (expected === undefined) return text;
  try {
    return JSON.stringify(alikeMessages(viewBody(expected), viewBody(JSON.parse(text))));
  } catch {
    return text;
  }
}
