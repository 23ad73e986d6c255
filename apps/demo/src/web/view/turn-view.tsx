import { memo, type ReactNode } from 'react';
import { isRepeated } from '../state/to-messages.ts';
import type { Turn } from '../state/turn.ts';
import { CallView } from './call-view.tsx';
import { ErrorCard } from './error-card.tsx';
import { UserMessageView } from './user-message-view.tsx';

/** A message of the user and what came of it. */
export const TurnView = memo(function TurnView({ turn }: { readonly turn: Turn }): ReactNode {
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
    </li>
  );
});
