import type { ReactNode } from 'react';
import type { ToolCallView as ToolCall } from '../state/turn.ts';
import { Icon } from './icon.tsx';

/** A tool call: its name, its arguments while they arrive, and what the tool answered. */
export function ToolCallView({ toolCall }: { readonly toolCall: ToolCall }): ReactNode {
  const { name, arguments: text, isComplete, result } = toolCall;
  return (
    <section className="card tool-call" aria-label={`Tool call ${name}`}>
      <h4>
        <Icon name="tool" />
        <code>{name}</code>
        <span className="tool-state">{isComplete ? 'called' : 'arguments arriving…'}</span>
      </h4>
      <dl>
        <dt>Arguments</dt>
        <dd>
          <pre>{text || ' '}</pre>
        </dd>
        <dt>Result</dt>
        <dd>
          <pre>{result ?? '–'}</pre>
        </dd>
      </dl>
    </section>
  );
}
