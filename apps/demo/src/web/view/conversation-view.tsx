import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Turn } from '../state/turn.ts';
import { Icon } from './icon.tsx';
import { type Again, TurnView } from './turn-view.tsx';

/** Pixels from the end that still count as being there. */
const nearEnd = 48;

interface ConversationViewProps {
  readonly turns: readonly Turn[];
  readonly again: Again;
  /** Shown while there are no turns. */
  readonly children: ReactNode;
}

/** All turns; follows the newest words for as long as the reader stays at the end. */
export function ConversationView({ turns, again, children }: ConversationViewProps): ReactNode {
  const box = useRef<HTMLElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const turnCount = useRef(turns.length);

  const scrollToEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    const isNewTurn = turns.length > turnCount.current;
    turnCount.current = turns.length;
    // The empty page begins at its heading.
    if (turns.length > 0 && (isAtEnd || isNewTurn)) scrollToEnd();
  });

  const last = turns.at(-1);
  const unanswered = last?.state === 'failed' || last?.state === 'stopped' ? last : undefined;

  return (
    <div className="conversation">
      <section
        ref={box}
        className="conversation-scroll"
        aria-label="Conversation"
        onScroll={({ currentTarget }) => {
          const { scrollHeight, scrollTop, clientHeight } = currentTarget;
          setAtEnd(scrollHeight - scrollTop - clientHeight < nearEnd);
        }}
      >
        {turns.length === 0 ? (
          children
        ) : (
          <ol className="turns">
            {turns.map((turn) => (
              <TurnView key={turn.id} turn={turn} again={turn === unanswered ? again : undefined} />
            ))}
          </ol>
        )}
      </section>
      {turns.length > 0 && !isAtEnd && (
        <button type="button" className="to-end" onClick={scrollToEnd} aria-label="Go to the newest words">
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}
