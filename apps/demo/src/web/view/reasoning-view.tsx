import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

/** What the model thought: open while it thinks, in a box that does not grow. */
export function ReasoningView({
  text,
  isThinking,
}: {
  readonly text: string;
  readonly isThinking: boolean;
}): ReactNode {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isThinking && box.current) box.current.scrollTop = box.current.scrollHeight;
  });
  return (
    <details className="card reasoning" open>
      <summary>
        <Icon name="chevron" />
        <Icon name="thought" />
        {isThinking ? 'Thinking…' : 'Thought first'}
      </summary>
      <section ref={box} className="reasoning-text" aria-label="Reasoning">
        {text}
      </section>
    </details>
  );
}
