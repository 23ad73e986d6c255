import type { QwireError, Region } from '@qwire/core';
import { networkCause } from './network-cause.ts';
import { roles, type Verdict, verdicts } from './verdicts.ts';

/** What a check found about one workspace and model: one verdict, and what to do about it. Holds no key. */
export interface Finding {
  readonly workspace: string;
  readonly model: string;
  readonly verdict: Verdict;
  /** `good`: may be called. `wrong`: somebody has to act. `unknown`: rights are not shown. `intended`: as configured. */
  readonly standing: 'good' | 'wrong' | 'unknown' | 'intended';
  /** The verdict in a few words. */
  readonly title: string;
  /** What was seen, in sentences. */
  readonly detail?: string;
  /** What to do, in the console or here. */
  readonly step?: string;
  /** Who can do it. */
  readonly who?: string;
  /** The region that knows the key, when it is another one. */
  readonly region?: Region;
  /** Whether the service lists the model for this key, where it was asked. A hint: only a call is proof. */
  readonly listed?: boolean;
  /** What the service said, exactly. */
  readonly error?: Pick<QwireError, 'kind' | 'code' | 'status' | 'requestId'>;
}

interface Seen {
  readonly workspace: string;
  readonly model: string;
  readonly verdict: Verdict;
  readonly detail?: string | undefined;
  readonly region?: Region | undefined;
  readonly listed?: boolean | undefined;
  readonly error?: QwireError | undefined;
}

/** A finding with the words of its verdict. */
export function toFinding({ workspace, model, verdict, detail, region, listed, error }: Seen): Finding {
  const { standing, title, step, who } = verdicts[verdict];
  const values = { workspace, model, region: region ?? '' };
  const members = {
    workspace,
    model,
    verdict,
    standing,
    title,
    detail: detail ?? (error && describe(error, verdict)),
    // Where no step is written down, the error's own hint is the best that is known.
    step:
      step?.replace(/\{(workspace|model|region)\}/g, (_, name: keyof typeof values) => values[name]) ??
      error?.hint,
    who: who && roles[who],
    region,
    listed,
    error: error && summary(error),
  };
  return given(members);
}

function describe(error: QwireError, verdict: Verdict): string {
  const cause = verdict === 'blocked-network' ? networkCause(error) : undefined;
  const where = [
    error.status === undefined ? '' : `status ${error.status}`,
    error.requestId === undefined ? '' : `request ${error.requestId}`,
  ].filter(Boolean);
  const words = error.code === undefined ? error.message : sayingOf(error);
  const said = `${words}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
  return cause === undefined ? said : `${cause} ${said}`;
}

/** The service's words are its own: it calls keys invalid that are good elsewhere. */
export function sayingOf({ message }: Pick<QwireError, 'message'>): string {
  return `The service said: ${message}`;
}

function summary({ kind, code, status, requestId }: QwireError) {
  return given({ kind, code, status, requestId });
}

/** Without the members that are there and undefined. */
export function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
