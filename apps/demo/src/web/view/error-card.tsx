import type { ReactNode } from 'react';
import type { ConsoleError } from '../../shared/console-api.ts';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';
import { errorTitles } from './labels.ts';

/** Why there is no answer, and what to do about it. */
export function ErrorCard({ error }: { readonly error: ConsoleError }): ReactNode {
  const { kind, message, hint, requestId } = error;
  const facts = [
    ['Kind', kind],
    ['Code', error.code],
    ['Status', error.status],
    ['Field', error.field],
    ['Retryable', error.retryable ? 'yes' : 'no'],
    ['Workspace', error.workspace],
  ] as const;
  return (
    <section className="card error" role="alert">
      <h4>
        <Icon name="warning" />
        {kind === undefined ? 'The console failed' : errorTitles[kind]}
      </h4>
      <p className="error-message">{message}</p>
      {hint && (
        <p className="hint">
          <strong>What to do</strong> {hint}
        </p>
      )}
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div className="fact" key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ),
        )}
        <div className="fact">
          <dt>Request id</dt>
          <dd>
            {requestId ? (
              <span className="request-id">
                <code>{requestId}</code>
                <CopyButton text={requestId} label="Copy the request id" />
              </span>
            ) : (
              '–'
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
