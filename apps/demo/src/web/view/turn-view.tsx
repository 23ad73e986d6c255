import type { UserMessage } from '@qwire/core';
import { memo, type ReactNode } from 'react';
import { isRepeated } from '../state/to-messages.ts';
import type { Turn } from '../state/turn.ts';
import { CallView } from './call-view.tsx';
import { ErrorCard } from './error-card.tsx';
import { UserMessageView } from './user-message-view.tsx';

/** How a message is sent once more: with what is chosen now. */
export interface Again {
  readonly model: string;
  readonly onSend: (message: UserMessage) => void;
}

interface TurnViewProps {
  readonly turn: Turn;
  /** Sends the message once more; given where it was not answered. */
  readonly again: Again | undefined;
}

/** A message of the user and what came of it. */
export const TurnView = memo(function TurnView({ turn, again }: TurnViewProps): ReactNode {
  const last = turn.calls.length - 1;
  return (
    <li className="turn">
      <UserMessageView message={turn.user} />
      {turn.calls.map((call, index) => (
        <CallView
          key={index}
          call={call}
          isRunning={turn.state === 'running' && index === last}
          isFailed={turn.state === 'failed' && index === last}
        />
      ))}
      {turn.error && <ErrorCard error={turn.error} />}
      {turn.state === 'stopped' && <p className="note">Stopped.</p>}
      {(turn.state === 'failed' || turn.state === 'stopped') && !isRepeated(turn) && (
        <p className="note">Later messages are sent without this one.</p>
      )}
      {again && (
        <button type="button" className="again" onClick={() => again.onSend(turn.user)}>
          Send again with {again.model}
        </button>
      )}
    </li>
  );
});
