import type { FinishReason, Message, Source, Usage, UserMessage, Warning } from '@qwire/core';
import type { ConsoleError } from '../../shared/console-api.ts';

/** A tool call as far as it has arrived. */
export interface ToolCallView {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  /** JSON text, possibly not finished. */
  readonly arguments: string;
  readonly isComplete: boolean;
  /** What the tool answered. */
  readonly result?: string;
}

/** One call of the model as far as its answer has arrived. */
export interface CallView {
  readonly workspace: string;
  readonly wire: string;
  readonly model: string;
  /** Durations since the call began. */
  readonly firstEventMs?: number;
  readonly totalMs?: number;
  readonly requestId?: string | undefined;
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly ToolCallView[];
  readonly sources: readonly Source[];
  /** What the code interpreter ran. */
  readonly codeRuns: readonly string[];
  readonly warnings: readonly Warning[];
  readonly usage?: Usage;
  readonly finishReason?: FinishReason;
  readonly rawFinishReason?: string | undefined;
}

export type TurnState = 'running' | 'finished' | 'failed' | 'stopped';

/** A message of the user and all that came of it. */
export interface Turn {
  readonly id: number;
  readonly user: UserMessage;
  readonly state: TurnState;
  readonly calls: readonly CallView[];
  /** Answers and tool messages that later requests repeat. */
  readonly answers: readonly Message[];
  readonly error?: ConsoleError;
}
