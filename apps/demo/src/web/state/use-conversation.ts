import type { UserMessage } from '@qwire/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChatBody } from '../../shared/console-api.ts';
import { sendChat } from '../api/send-chat.ts';
import { applyEvent, endTurn } from './apply-event.ts';
import { toMessages } from './to-messages.ts';
import type { Turn } from './turn.ts';

/** Whom to ask, and how. */
export type CallSettings = Omit<ChatBody, 'messages'>;

export interface Conversation {
  readonly turns: readonly Turn[];
  readonly isRunning: boolean;
  /** Does nothing while an answer is coming in. */
  send(user: UserMessage, settings: CallSettings): void;
  /** Stops the answer that is coming in. */
  stop(): void;
  clear(): void;
}

/** The conversation of this page; it is gone when the page is left. */
export function useConversation(): Conversation {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [running, setRunning] = useState<AbortController | undefined>();
  const latest = useRef(turns);
  const lastId = useRef(0);
  useEffect(() => {
    latest.current = turns;
  }, [turns]);

  const send = useCallback(
    (user: UserMessage, settings: CallSettings) => {
      if (running !== undefined) return;
      const controller = new AbortController();
      const id = ++lastId.current;
      const body: ChatBody = { ...settings, messages: [...toMessages(latest.current), user] };
      const change = (changeTurn: (turn: Turn) => Turn) =>
        setTurns((all) => all.map((turn) => (turn.id === id ? changeTurn(turn) : turn)));

      setRunning(controller);
      setTurns((all) => [...all, { id, user, state: 'running', calls: [], answers: [] }]);
      void (async () => {
        for await (const event of sendChat(body, { signal: controller.signal })) {
          change((turn) => applyEvent(turn, event));
        }
        change(endTurn);
        setRunning((current) => (current === controller ? undefined : current));
      })();
    },
    [running],
  );

  const stop = useCallback(() => running?.abort(), [running]);
  const clear = useCallback(() => {
    running?.abort();
    setTurns([]);
  }, [running]);

  return { turns, isRunning: running !== undefined, send, stop, clear };
}
