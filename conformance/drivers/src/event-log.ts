import type { Surroundings } from '@qwire/conformance';
import type { ChatEvent } from '@qwire/core';

/** What arrives of a stream, in core's events; only what lies between text and reasoning is told in order. */
export interface EventLog {
  /** The caller leaves the loop now. */
  readonly left: boolean;
  /** The first sign of an answer; later ones change nothing. */
  start(): void;
  text(text: string): void;
  reasoning(text: string): void;
  /** All events so far, with the end when there was one. */
  events(finished?: boolean): ChatEvent[];
}

/** Collects a client's pieces, and asks after each whether the caller leaves. */
export function createEventLog({ received }: Pick<Surroundings, 'received'>): EventLog {
  const events: ChatEvent[] = [];
  let left = false;
  const log: EventLog = {
    get left() {
      return left;
    },
    start() {
      if (events.length === 0) push({ type: 'response-start', requestId: undefined, model: '' });
    },
    text(text) {
      piece({ type: 'text-delta', text });
    },
    reasoning(text) {
      piece({ type: 'reasoning-delta', text });
    },
    events(finished = false) {
      if (!finished) return events;
      const end: ChatEvent = { type: 'finish', finishReason: 'other', rawFinishReason: undefined };
      const start: ChatEvent = { type: 'response-start', requestId: undefined, model: '' };
      return [...(events.length === 0 ? [start] : events), end];
    },
  };
  return log;

  function piece(event: Extract<ChatEvent, { text: string }>): void {
    log.start();
    if (event.text !== '' && !left) push(event);
  }

  function push(event: ChatEvent): void {
    events.push(event);
    if (!left) left = received() === 'leave';
  }
}
