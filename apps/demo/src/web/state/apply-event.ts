import type { ChatEvent } from '@qwire/core';
import type { ConsoleEvent } from '../../shared/console-api.ts';
import type { CallView, ToolCallView, Turn } from './turn.ts';

/** The turn after one more event. */
export function applyEvent(turn: Turn, event: ConsoleEvent): Turn {
  switch (event.type) {
    case 'call-start': {
      const { workspace, wire, model } = event;
      return { ...turn, calls: [...turn.calls, { ...emptyCall, workspace, wire, model }] };
    }
    case 'error':
      return { ...turn, state: 'failed', error: event.error };
    case 'first-event':
      return changeCall(turn, (call) => ({ ...call, firstEventMs: event.afterMs }));
    case 'chat-end':
      return { ...turn, state: 'finished' };
    case 'call-end':
      return {
        ...changeCall(turn, (call) => ({ ...call, warnings: event.warnings, totalMs: event.afterMs })),
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
      return changeCall(turn, (call) => addChatEvent(call, event));
  }
}

/** The turn when no more events come: one that is still running was stopped. */
export function endTurn(turn: Turn): Turn {
  return turn.state === 'running' ? { ...turn, state: 'stopped' } : turn;
}

const emptyCall = {
  reasoning: '',
  text: '',
  toolCalls: [],
  sources: [],
  codeRuns: [],
  warnings: [],
} as const;

function addChatEvent(call: CallView, event: ChatEvent): CallView {
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
    case 'code-run':
      return { ...call, codeRuns: call.codeRuns.toSpliced(event.index, 1, event.code) };
    case 'audio-delta':
    case 'ocr-result':
      // The console asks for neither.
      return call;
    case 'usage':
      return { ...call, usage: event.usage };
    case 'finish':
      return { ...call, finishReason: event.finishReason, rawFinishReason: event.rawFinishReason };
  }
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
