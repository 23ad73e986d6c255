import type { ChatEvent } from '@qwire/core';
import type { CaseCall } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';
import { type Answer, createAnswer } from './answer.ts';
import { Failure } from './failure.ts';
import { type FailureContext, localFailure, lookedAt, readFailure } from './read-failure.ts';
import { countChoices, readPiece } from './read-piece.ts';

interface WholeContext extends FailureContext {
  readonly call: CaseCall;
  readonly status: number;
}

/** Reads a reply that came as one JSON body. Throws `Failure` when it is an error after all, or no reply. */
export function readWhole(
  text: string,
  context: WholeContext,
): { readonly answer: Answer; readonly events: ChatEvent[]; readonly others: readonly Answer[] } {
  const { defects, call, headers, wire, expected, status } = context;
  const json = defects.has('byte-order-mark-kept') ? text : text.replace(/^\uFEFF/, '');
  const body = defects.has('crash-on-html-error-body') ? JSON.parse(json) : parseJson(json);
  const misread = isRecord(body) && body.code === '' && defects.has('empty-code-is-error');
  const answered = isRecord(body) && (body.choices !== undefined || isFilled(body.output)) && !misread;
  if (!isRecord(body) || !answered) {
    const said = isRecord(body) ? body.code !== undefined || body.error !== undefined : isFrame.test(text);
    if (said && !defects.has('error-in-success-ignored'))
      throw new Failure(readFailure(text, status, context));
    throw new Failure(localFailure({ kind: 'invalid-response' }, expected));
  }
  const answer = createAnswer({ model: String(call.request.model), defects, cumulative: false });
  const piece = readPiece(body, wire, defects);
  const isPartial = headers.get('x-dashscope-partialresponse') === 'true';
  const finishReason = isPartial && !defects.has('partial-response-ignored') ? 'length' : piece.finishReason;
  const requestId = piece.requestId ?? lookedAt(context).get('x-request-id') ?? undefined;
  const events = answer.add({ ...piece, finishReason, requestId });
  const count = defects.has('first-choice-only') ? 1 : countChoices(body, wire);
  const others = Array.from({ length: count - 1 }, (_, index) => {
    const other = createAnswer({ model: String(call.request.model), defects, cumulative: false });
    other.add(readPiece(body, wire, defects, index + 1));
    return other;
  });
  return { answer, events, others };
}

/** How the first line of a stream begins. */
const isFrame = /^(id|event|data|):/;

function isFilled(output: unknown): boolean {
  return isRecord(output) && Object.keys(output).length > 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
