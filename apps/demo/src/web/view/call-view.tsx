import type { ReactNode } from 'react';
import type { CallView as Call } from '../state/turn.ts';
import { CallFacts } from './call-facts.tsx';
import { wireLabel } from './labels.ts';
import { Markdown } from './markdown.tsx';
import { ReasoningView } from './reasoning-view.tsx';
import { ToolCallView } from './tool-call-view.tsx';

interface CallViewProps {
  readonly call: Call;
  readonly isRunning: boolean;
  /** Whether the call ended in an error, which says all that there is to say. */
  readonly isFailed: boolean;
}

/** One answer of a model, from the first event to the last. */
export function CallView({ call, isRunning, isFailed }: CallViewProps): ReactNode {
  const { reasoning, text, toolCalls, sources, codeRuns, warnings } = call;
  const hasAnswer = text !== '' || toolCalls.length > 0;
  const isWaiting = isRunning && !hasAnswer && reasoning === '';
  return (
    <article className={`call${isRunning ? ' is-running' : ''}`} aria-busy={isRunning}>
      <header className="call-head">
        <strong>{call.model}</strong>
        <span>{call.workspace}</span>
        <span>{wireLabel(call.wire)}</span>
      </header>
      {reasoning !== '' && <ReasoningView text={reasoning} isThinking={isRunning && !hasAnswer} />}
      {toolCalls.map((toolCall) => (
        <ToolCallView key={toolCall.index} toolCall={toolCall} />
      ))}
      {codeRuns.length > 0 && <Markdown text={codeRuns.map(toCodeBlock).join('\n\n')} />}
      {isWaiting && (
        <p className="waiting">
          Waiting for the first words
          <span className="dots" aria-hidden="true" />
        </p>
      )}
      {text !== '' && <Markdown text={text} />}
      {sources.length > 0 && (
        <ol className="sources" aria-label="Sources">
          {sources.map(({ url, title, siteName }) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer noopener">
                {title ?? url}
              </a>
              {siteName && ` ${siteName}`}
            </li>
          ))}
        </ol>
      )}
      {warnings.map(({ field, message }) => (
        <p className="note" key={`${field} ${message}`}>
          {field && <code>{field}</code>} {message}
        </p>
      ))}
      {!(isFailed && !hasAnswer) && <CallFacts call={call} />}
    </article>
  );
}

/** Fenced by more backticks than the code itself holds. */
function toCodeBlock(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}python\n${code}\n${fence}`;
}
