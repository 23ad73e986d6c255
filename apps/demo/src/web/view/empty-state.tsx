import type { ReactNode } from 'react';
import { type Suggestion, suggestions } from '../../shared/suggestions.ts';
import { Icon } from './icon.tsx';

interface EmptyStateProps {
  readonly onSuggestion: (suggestion: Suggestion) => void;
  /** A call that is sure to be refused, where there is one. */
  readonly refusal:
    | { readonly model: string; readonly workspace: string; readonly onTry: () => void }
    | undefined;
}

/** What the page says before the first message. */
export function EmptyState({ onSuggestion, refusal }: EmptyStateProps): ReactNode {
  return (
    <div className="empty">
      <h2>Any workspace, either wire</h2>
      <p>
        Choose whose key is used and which wire carries the call. The answer, its usage and its errors look
        the same.
      </p>
      <ul className="suggestions">
        {suggestions.map((suggestion) => (
          <li key={suggestion.prompt}>
            <button type="button" onClick={() => onSuggestion(suggestion)} lang={suggestion.language}>
              <strong>
                {suggestion.tools && <Icon name="tool" />}
                {suggestion.thinking && <Icon name="thought" />}
                {suggestion.title}
              </strong>
              <span>{suggestion.prompt}</span>
            </button>
          </li>
        ))}
        {refusal && (
          <li className="suggestion-refusal">
            <button type="button" onClick={refusal.onTry}>
              <strong>
                <Icon name="lock" />
                Meet a refusal
              </strong>
              <span>
                Call {refusal.model}, which was not granted to {refusal.workspace}
              </span>
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
