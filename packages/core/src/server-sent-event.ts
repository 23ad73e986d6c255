/** One frame of a stream, as the text/event-stream format defines it, its comment lines kept. */
export interface ServerSentEvent {
  /** Several `data:` lines are joined by a line feed. */
  readonly data: string;
  /** Trimmed; empty when the frame names none. */
  readonly event: string;
  readonly id: string;
  /** Comment lines without their colon, in order; the native wire puts its status into one. */
  readonly comments: readonly string[];
  /** Fields that the format does not define, in order, such as `status: 400`. */
  readonly otherFields: readonly (readonly [name: string, value: string])[];
}
