// What the page and its server say to each other. Types only, so neither side brings the other's code along.
import type { AssistantMessage, ChatEvent, ErrorKind, Message, Warning } from '@qwire/core';

/** A model that the page offers. */
export interface ConsoleModel {
  readonly id: string;
  /** Whether it looks at pictures. */
  readonly images: boolean;
  /** Whether the workspace may call it; `undefined` where grants are not known. */
  readonly granted: boolean | undefined;
}

/** A workspace as the page knows it: by its name and id, never by its key. */
export interface ConsoleWorkspace {
  readonly name: string;
  readonly id: string | undefined;
  readonly models: readonly ConsoleModel[];
}

/** An example function that the model may be offered. */
export interface ConsoleTool {
  readonly name: string;
  readonly description: string;
}

/** Answer of `GET /api/console`. */
export interface ConsoleInfo {
  /** Who answers, such as `Emulator on http://127.0.0.1:4010`. */
  readonly service: string;
  /** Names of the wires that every workspace can be called over. */
  readonly wires: readonly string[];
  /** At least one. */
  readonly workspaces: readonly ConsoleWorkspace[];
  readonly tools: readonly ConsoleTool[];
}

/** Body of `POST /api/chat`. */
export interface ChatBody {
  readonly workspace: string;
  readonly wire: string;
  readonly model: string;
  readonly messages: readonly Message[];
  /** The model's own default unless given. */
  readonly thinking?: boolean | undefined;
  /** Names of the example tools to offer. */
  readonly tools?: readonly string[] | undefined;
}

/** A call of the model begins. One message of the user can lead to several, when tools are called. */
export interface CallStartEvent {
  readonly type: 'call-start';
  readonly workspace: string;
  readonly wire: string;
  readonly model: string;
}

/** The first event of a call is about to follow. */
export interface FirstEventEvent {
  readonly type: 'first-event';
  /** Milliseconds since the call began, as the server measured them. */
  readonly afterMs: number;
}

/** A call is complete. */
export interface CallEndEvent {
  readonly type: 'call-end';
  /** Goes into the messages of the next request. */
  readonly message: AssistantMessage;
  readonly warnings: readonly Warning[];
  /** Milliseconds since the call began. */
  readonly afterMs: number;
}

/** An example tool was run. */
export interface ToolResultEvent {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly content: string;
}

/** Everything was said: the last line of an answer that did not fail. */
export interface ChatEndEvent {
  readonly type: 'chat-end';
}

/** The call failed: the last line. */
export interface ErrorEvent {
  readonly type: 'error';
  readonly error: ConsoleError;
}

/** One line of the answer to `POST /api/chat`. */
export type ConsoleEvent =
  | ChatEvent
  | CallStartEvent
  | FirstEventEvent
  | CallEndEvent
  | ToolResultEvent
  | ChatEndEvent
  | ErrorEvent;

/** What the page shows of an error. Also the body, as `{ error }`, of every response that is no success. */
export interface ConsoleError {
  /** `undefined` when the console itself failed. */
  readonly kind: ErrorKind | undefined;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly workspace?: string | undefined;
  readonly hint?: string | undefined;
  readonly field?: string | undefined;
  readonly retryable: boolean;
}
