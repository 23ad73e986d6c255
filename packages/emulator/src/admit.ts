import { checkWorkspace } from './authorize.ts';
import type { CallRecorder } from './call-recorder.ts';
import type { ResolvedConfig } from './config.ts';
import { checkGrant } from './find-model.ts';
import type { KnownModel } from './models.ts';
import { documented } from './refusal.ts';
import { readWaitMs } from './request-headers.ts';
import type { Studio } from './studio.ts';
import { waitOutBursts } from './wait-out-bursts.ts';

export interface Applicant {
  readonly request: Request;
  /** The one whose key was sent. */
  readonly workspace: ResolvedConfig['workspaces'][number];
  readonly recorder: CallRecorder;
  readonly studio: Studio;
}

/**
 * Lets a call of a model in, or keeps it waiting that came in too fast a burst.
 * @throws Refusal 403, 400 for an account in arrears, 429.
 */
export async function admit(model: KnownModel, applicant: Applicant): Promise<void> {
  const { request, workspace, recorder, studio } = applicant;
  checkWorkspace(request, workspace);
  checkGrant(model, workspace);
  if (workspace.standing === 'arrears') throw documented('arrearage');
  if (workspace.standing === 'free-tier-used-up') throw documented('free-tier-only');
  recorder.spend = await waitOutBursts(() => studio.limiter.enter(workspace, model.id, studio.now()), {
    waitMs: readWaitMs(request),
    signal: request.signal,
  });
}
