export type { Capabilities, CapabilityKey, Support } from './capability.ts';
export { capabilityKeys } from './capability.ts';
export type {
  AudioDeltaEvent,
  ChatEvent,
  CodeRunEvent,
  FinishEvent,
  OcrResultEvent,
  ReasoningDeltaEvent,
  ResponseStartEvent,
  SourceEvent,
  TextDeltaEvent,
  ToolCallDeltaEvent,
  ToolCallEndEvent,
  ToolCallStartEvent,
  UsageEvent,
} from './chat-event.ts';
export type {
  ChatRequest,
  DataInspection,
  Logprobs,
  NamedSchema,
  Ocr,
  ResponseFormat,
  Search,
  SpokenAnswer,
  Thinking,
  Translation,
  TranslationPair,
} from './chat-request.ts';
export type {
  ChatAudio,
  ChatChoice,
  ChatResponse,
  CodeRun,
  Source,
  TokenLogprob,
  Warning,
} from './chat-response.ts';
export { Secret } from './client/secret.ts';
export type {
  ApiKey,
  Call,
  CallOptions,
  CallResult,
  ChatCall,
  ChatStream,
  Client,
  ClientOptions,
  EmbedCall,
  FailedTry,
  Interceptor,
  Logger,
  Next,
  OtherCall,
  StreamRest,
  StreamResult,
  Timeouts,
} from './client.ts';
export type { Embedding, EmbedRequest, EmbedResponse, SparseValue } from './embed.ts';
export type { ErrorKind } from './error-kind.ts';
export { errorKinds } from './error-kind.ts';
export type { FinishReason } from './finish-reason.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type {
  AssistantMessage,
  AssistantPart,
  AudioPart,
  CacheMarker,
  DocumentPart,
  ImagePart,
  MediaSource,
  Message,
  ReasoningPart,
  SystemMessage,
  SystemPart,
  TextPart,
  ToolCall,
  ToolCallPart,
  ToolMessage,
  UserMessage,
  UserPart,
  VideoPart,
} from './message.ts';
export type { DeepPartial } from './partial-objects.ts';
export { partialObjects } from './partial-objects.ts';
export type { QwireErrorOptions, TimeoutLimit } from './qwire-error.ts';
export { QwireError } from './qwire-error.ts';
export type { Region, RegionAlias } from './region.ts';
export { regions, toRegion } from './region.ts';
export { runTools } from './run-tools/run-tools.ts';
export type { RunnableTool, ToolContext } from './run-tools/runnable-tool.ts';
export { defineTool } from './run-tools/runnable-tool.ts';
export type {
  StepFinishEvent,
  StepStartEvent,
  ToolResult,
  ToolResultEvent,
  ToolRun,
  ToolRunEnd,
  ToolRunEvent,
  ToolRunOptions,
  ToolRunRequest,
  ToolRunResponse,
  ToolStep,
} from './run-tools/tool-run.ts';
export type { Schema, StandardSchema } from './schema.ts';
export type { Tool, ToolChoice } from './tool.ts';
export type {
  BodyChunk,
  Exchange,
  ResponseHead,
  ResponseHeaders,
  Transport,
  TransportRequest,
  TransportResponse,
} from './transport.ts';
export type { Usage } from './usage.ts';
export type { WireFormat } from './wire-format.ts';
