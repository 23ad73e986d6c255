// What an adapter's author needs, and what the package's other entries take from this one's file, as tsup.config.ts has it.
// Users of a client need nothing from here.
export { anything, boolean, checkMembers, checkObject, invalid, needed, whole } from './check.ts';
export { checkCallOptions } from './check-options.ts';
export { createClient } from './client/create-client.ts';
export type { Sender } from './client/create-sender.ts';
export { createSender } from './client/create-sender.ts';
export { Secret } from './client/secret.ts';
export { abortedError } from './client/watch.ts';
export {
  createChoice,
  createResponse,
  ResponseCollector,
  unreportedUsage,
} from './collect-response.ts';
export { createToolCall } from './create-tool-call.ts';
export { emitResponse } from './emit-response.ts';
export { environmentVariable } from './environment.ts';
export type { ToolCallDelta } from './event-writer.ts';
export { EventWriter } from './event-writer.ts';
export type { FrameParser } from './frame-parser.ts';
export { frameParsers } from './frame-parser.ts';
export { isRecord, parseJson } from './json.ts';
export { hasUploadedMedia } from './media.ts';
export { QwireError } from './qwire-error.ts';
export { regions, toRegion } from './region.ts';
export { namedSchema } from './response-object.ts';
export { isStandardSchema, toJsonSchema } from './schema.ts';
export type { ServerSentEvent } from './server-sent-event.ts';
export { ServerSentEventReader } from './server-sent-event-reader.ts';
export type { ErrorRow } from './service-error/error-table.ts';
export { errorTable } from './service-error/error-table.ts';
export { isServiceError, serviceError, serviceErrorInFrame } from './service-error/service-error.ts';
export { sumUsage } from './sum-usage.ts';
export type { ResponseHead, ResponseHeaders } from './transport.ts';
export type {
  FailedResponse,
  StreamContext,
  StreamReader,
  WireFormat,
  WireRequest,
} from './wire-format.ts';
export {
  asIndex,
  asJsonText,
  asList,
  asNumber,
  asRecord,
  asText,
  inOrder,
  isNumbers,
  numbersOf,
  renamed,
} from './wire-value.ts';
