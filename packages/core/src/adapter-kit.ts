// What an adapter's author needs. Users of a client need nothing from here.
export { isRecord, parseJson } from './json.ts';
export { toJsonSchema } from './schema.ts';
export type { ServerSentEvent } from './server-sent-event.ts';
export type {
  FailedResponse,
  ResponseHead,
  StreamContext,
  StreamReader,
  WireFormat,
  WireRequest,
} from './wire-format.ts';
