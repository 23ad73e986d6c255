import type { Client, ClientOptions } from '@qwire/core';
import { QwireError } from '@qwire/core/adapter-kit';
import { clientOptions, type WithLedger } from '../registry/client-options.ts';
import { mayCall, notOnList } from '../registry/guard-models.ts';
import type { NamedWorkspace, RegisteredWorkspace, WorkspaceOptions } from '../registry/workspace-options.ts';
import type { CheckOptions } from './check-options.ts';
import { type Finding, toFinding } from './finding.ts';
import { hostForm } from './host-form.ts';
import { inspectKey, type KeyForm } from './inspect-key.ts';
import { callOptions } from './prove.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verdict } from './verdicts.ts';

/** What a check works on. */
export interface CheckContext {
  readonly registry: WithLedger;
  /** @throws QwireError when the configuration makes no client. */
  readonly clientOf: (name: string) => Client;
}

/** A workspace with everything that can be told without a call that costs. */
export interface Examined extends RegisteredWorkspace {
  readonly key: KeyForm | undefined;
  /** In their order; those without a finding need a call. */
  readonly items: readonly Item[];
}

export interface Item {
  readonly model: string;
  readonly listed: boolean | undefined;
  readonly finding: Finding | undefined;
}

/** What holds for the whole workspace before anything is sent. */
type Obstacle = { readonly verdict: Verdict; readonly detail?: string; readonly error?: QwireError };

/** Looks at the configuration and the key, and asks for the listing where there is a way to. */
export async function examine(
  subject: RegisteredWorkspace,
  options: CheckOptions,
  { registry, clientOf }: CheckContext,
): Promise<Examined> {
  const { workspace, given } = subject;
  const client = configured(() => {
    clientOf(workspace.name);
    return clientOptions(subject, registry);
  });
  const { signal } = options;
  const limitMs = callOptions(options).timeouts?.connectMs;
  const key = await inspectKey(given.apiKey, { signal, limitMs });
  const obstacle = QwireError.is(client)
    ? { verdict: 'misconfigured' as const, error: client }
    : key.state === 'usable'
      ? wrongForm(key.form, given)
      : key.state === 'unknown'
        ? { verdict: 'not-checked' as const, detail: key.problem }
        : { verdict: `${key.state}-key` as const, detail: withSource(key.problem, given) };
  const listed = obstacle || QwireError.is(client) ? undefined : await list(client, options);
  const items = targetsOf(workspace, { models: options.models, listed }).map((target) =>
    toItem(target, { workspace, obstacle, listed }),
  );
  return { ...subject, key: key.state === 'usable' ? key.form : undefined, items };
}

function configured(make: () => ClientOptions): ClientOptions | QwireError {
  try {
    return make();
  } catch (error) {
    if (QwireError.is(error)) return error;
    throw error;
  }
}

function withSource(problem: string, { apiKeyFrom }: WorkspaceOptions): string {
  return apiKeyFrom === undefined ? problem : `${problem} It should come from ${apiKeyFrom}.`;
}

/** Keys that the service's ordinary hosts refuse for certain are not sent there. */
function wrongForm(form: KeyForm, given: WorkspaceOptions): Obstacle | undefined {
  const host = hostForm(given.baseURL);
  if (form === 'plan' && host === 'ordinary')
    return { verdict: 'plan-key', detail: withSource('It begins with sk-sp-, and was not sent.', given) };
  if (form === 'other' && host !== 'other')
    return {
      verdict: 'malformed-key',
      detail: withSource('It begins with neither "sk-" nor "st-", and was not sent.', given),
    };
  return undefined;
}

async function list(
  client: ClientOptions,
  { listModels, signal }: CheckOptions,
): Promise<readonly string[] | undefined> {
  try {
    return await listModels?.(client, signal ? { signal } : {});
  } catch {
    // Some addresses have no listing, and a call tells more about every other trouble.
    return undefined;
  }
}

function toItem(
  { model, problem }: Target,
  {
    workspace,
    obstacle,
    listed,
  }: {
    readonly workspace: NamedWorkspace;
    readonly obstacle: Obstacle | undefined;
    readonly listed: readonly string[] | undefined;
  },
): Item {
  const at = { workspace: workspace.name, model, listed: listed?.includes(model) };
  const found: Obstacle | undefined =
    !problem && !mayCall(workspace, model)
      ? { verdict: 'not-on-list', detail: notOnList(workspace, model).message }
      : (obstacle ?? (problem === undefined ? undefined : { verdict: 'not-checked', detail: problem }));
  return { model, listed: at.listed, finding: found && toFinding({ ...at, ...found }) };
}
