import { type WireName, wireRoots } from '../case-schema.ts';
import { isRecord } from '../is-record.ts';
import { type AskedCase, type AskedEntry, isStreamed } from './asked-cases.ts';
import type { ServerSetup } from './server-setup.ts';

/** A request as the documents write it, with the server's own address, key and names in it. */
export interface DocumentedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
}

/** What a server would have to know; the request cannot be made without it. */
export interface MissingState {
  readonly missing: string;
}

/** What starts a native stream. Scenarios state it only where it matters to them. */
const streamHeaders = { 'x-dashscope-sse': 'enable', accept: 'text/event-stream' };

/** The request of a case for a server, or what the server has nothing for. */
export function documentedRequest(
  { testCase, asks, entry }: AskedCase,
  setup: ServerSetup,
  baseURL: string,
): DocumentedRequest | MissingState {
  const [exchange] = asks.exchanges;
  const [own] = testCase.exchanges;
  const missing = missingState(entry, setup);
  const model = setup.models[entry.model];
  if (missing || model === null) return { missing: missing ?? `models.${entry.model}` };
  if (!exchange) return { missing: 'a documented request' };
  const { wireFormat } = testCase;
  const key = entry.key === 'missing' ? null : setup.keys[entry.key];
  const workspace = entry.workspace && setup.workspaces[entry.workspace];
  return {
    url: `${baseURL}${pathBelowRoot(exchange.request.url, wireFormat)}`,
    headers: {
      'content-type': 'application/json',
      ...(wireFormat === 'dashscope' && isStreamed(asks.call) && streamHeaders),
      ...exchange.request.headers,
      ...own?.request.headers,
      ...(workspace && { 'x-dashscope-workspace': workspace }),
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: {
      ...withParameters(exchange.request.body, entry, wireFormat),
      ...(!entry.without.includes('model') && { model }),
    },
    model,
  };
}

/** The first thing that an entry needs and a setup has not, such as `keys.restricted`. */
export function missingState({ key, model, workspace }: AskedEntry, setup: ServerSetup): string | undefined {
  if (key !== 'missing' && setup.keys[key] === null) return `keys.${key}`;
  if (setup.models[model] === null) return `models.${model}`;
  if (workspace && setup.workspaces[workspace] === null) return `workspaces.${workspace}`;
  return undefined;
}

function withParameters(
  body: unknown,
  { parameters, without }: AskedEntry,
  wireFormat: WireName,
): Record<string, unknown> {
  const members = Object.fromEntries(
    Object.entries(isRecord(body) ? body : {}).filter(([name]) => !without.includes(name)),
  );
  if (wireFormat === 'openai-compatible') return { ...members, ...parameters };
  const own = isRecord(members.parameters) ? members.parameters : {};
  return { ...members, parameters: { ...own, ...parameters } };
}

function pathBelowRoot(url: string, wireFormat: WireName): string {
  return new URL(url).pathname.slice(wireRoots[wireFormat].length);
}
