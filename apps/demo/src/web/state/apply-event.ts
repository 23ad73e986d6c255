import type { ConsoleEvent } from '../../shared/console-api.ts';
import type { CallView, ToolCallView, Turn } from './turn.ts';

/** The turn after one more event, which arrived at this time. */
export function applyEvent(turn: Turn, event: ConsoleEvent, nowMs: number): Turn {
  switch (event.type) {
    case 'call-start': {
      const { workspace, wire, model } = event;
      return { ...turn, calls: [...turn.calls, { ...emptyCall, workspace, wire, model, startedMs: nowMs }] };
    }
    case 'error':
      return { ...changeCall(turn, (call) => withTotal(call, nowMs)), state: 'failed', error: event.error };
    case 'chat-end':
      return { ...turn, state: 'finished' };
    case 'call-end':
      return {
        ...changeCall(turn, (call) => ({ ...withTotal(call, nowMs), warnings: event.warnings })),
        answers: [...turn.answers, event.message],
      };
    case 'tool-result': {
      const { toolCallId, content } = event;
      return {
        ...changeCall(turn, (call) =>
          changeToolCall(call, (it) => it.id === toolCallId, { result: content }),
        ),
        answers: [...turn.answers, { role: 'tool', toolCallId, content }],
      };
    }
    default:
      return changeCall(turn, (call) => addChatEvent(withFirstEvent(call, nowMs), event));
  }
}

/** The turn when no more events come: one that is still running was stopped. */
export function endTurn(turn: Turn, nowMs: number): Turn {
  if (turn.state !== 'running') return turn;
  return { ...changeCall(turn, (call) => withTotal(call, nowMs)), state: 'stopped' };
}

const emptyCall = { reasoning: '', text: '', toolCalls: [], sources: [], warnings: [] } as const;

type CallEvent = Exclude<
  ConsoleEvent,
  { type: 'call-start' | 'call-end' | 'tool-result' | 'chat-end' | 'error' }
>;

function addChatEvent(call: CallView, event: CallEvent): CallView {
  switch (event.type) {
    case 'response-start':
      return { ...call, requestId: event.requestId };
    case 'text-delta':
      return { ...call, text: call.text + event.text };
    case 'reasoning-delta':
      return { ...call, reasoning: call.reasoning + event.text };
    case 'tool-call-start': {
      const { index, id, name } = event;
      return {
        ...call,
        toolCalls: [...call.toolCalls, { index, id, name, arguments: '', isComplete: false }],
      };
    }
    case 'tool-call-delta': {
      const before = call.toolCalls.find((toolCall) => toolCall.index === event.index)?.arguments ?? '';
      return changeToolCall(call, (it) => it.index === event.index, { arguments: before + event.arguments });
    }
    case 'tool-call-end': {
      const { id, name, arguments: text } = event;
      const change = { id, name, arguments: text, isComplete: true };
      return changeToolCall(call, (it) => it.index === event.index, change);
    }
    case 'source':
      return { ...call, sources: [...call.sources, event.source] };
    case 'usage':
      return { ...call, usage: event.usage };
    case 'finish':
      return { ...call, finishReason: event.finishReason, rawFinishReason: event.rawFinishReason };
  }
}

function withFirstEvent(call: CallView, nowMs: number): CallView {
  return call.firstEventMs === undefined ? { ...call, firstEventMs: nowMs - call.startedMs } : call;
}

function withTotal(call: CallView, nowMs: number): CallView {
  return call.totalMs === undefined ? { ...call, totalMs: nowMs - call.startedMs } : call;
}

/** Changes the call that is under way. */
function changeCall(turn: Turn, change: (call: CallView) => CallView): Turn {
  const last = turn.calls.length - 1;
  return { ...turn, calls: turn.calls.map((call, index) => (index === last ? change(call) : call)) };
}

function changeToolCall(
  call: CallView,
  isMeant: (toolCall: ToolCallView) => boolean,
  change: Partial<ToolCallView>,
): CallView {
  const toolCalls = call.toolCalls.map((toolCall) =>
    isMeant(toolCall) ? { ...toolCall, ...change } : toolCall,
  );
  return { ...call, toolCalls };
}
