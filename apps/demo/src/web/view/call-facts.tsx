import type { Usage } from '@qwire/core';
import type { ReactNode } from 'react';
import type { CallView } from '../state/turn.ts';
import { CopyButton } from './copy-button.tsx';
import { finishLabels, formatDuration } from './labels.ts';

/**
 * What the service reported of a call. Every fact has its place from the beginning, so that nothing moves when it
 * arrives; what was never reported stays a dash.
 */
export function CallFacts({ call }: { readonly call: CallView }): ReactNode {
  const { usage, firstEventMs, totalMs, finishReason, rawFinishReason, requestId } = call;
  const finish =
    finishReason === 'other'
      ? (rawFinishReason ?? finishLabels.other)
      : finishReason && finishLabels[finishReason];
  return (
    <dl className="facts">
      <Fact name="First event" value={firstEventMs !== undefined && formatDuration(firstEventMs)} />
      <Fact name="Total" value={totalMs !== undefined && formatDuration(totalMs)} />
      <Fact name="Tokens" value={usage && formatUsage(usage)} detail={usage && formatUsageDetail(usage)} />
      <Fact name="Finish" value={finish} />
      <Fact
        name="Request id"
        value={
          requestId && (
            <span className="request-id">
              <code>{requestId}</code>
              <CopyButton text={requestId} label="Copy the request id" />
            </span>
          )
        }
      />
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly detail?: string | undefined;
}

function Fact({ name, value, detail }: FactProps): ReactNode {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        {value || '–'}
        {detail && <small> {detail}</small>}
      </dd>
    </div>
  );
}

function formatUsage({ inputTokens, outputTokens }: Usage): string {
  return `${inputTokens ?? '–'} in, ${outputTokens ?? '–'} out`;
}

function formatUsageDetail({ reasoningTokens, cachedInputTokens }: Usage): string | undefined {
  const details = [
    reasoningTokens && `${reasoningTokens} thinking`,
    cachedInputTokens && `${cachedInputTokens} cached`,
  ].filter(Boolean);
  return details.length > 0 ? `(${details.join(', ')})` : undefined;
}
