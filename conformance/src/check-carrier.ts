import type { Carrier } from './carrier.ts';
import { type CaseRun, createCaseRun } from './case-run.ts';
import type { Delivery } from './case-schema.ts';
import type { ConformanceCase, LoadedReply } from './load-cases.ts';

/**
 * Proves that a carrier shows a client what a case says: where chunks are cut, that a cut connection is no proper end,
 * that leaving is noticed, and that nothing leaves for a network. Without this proof, defects survive unseen when the
 * carrier changes.
 *
 * @returns what does not hold; empty when everything does.
 */
export async function checkCarrier(carrier: Carrier): Promise<string[]> {
  const problems: string[] = [];
  for (const [fact, check] of Object.entries(checks)) {
    try {
      const problem = await withinTime(check(carrier));
      if (problem) problems.push(`${carrier.name}: ${fact}: ${problem}`);
    } catch (error) {
      problems.push(`${carrier.name}: ${fact}: ${String(error)}`);
    } finally {
      carrier.use(undefined);
    }
  }
  carrier.unmatched.length = 0;
  return problems;
}

/** Says what is wrong, or nothing. */
type Check = (carrier: Carrier) => Promise<string | undefined>;

const bytes = new TextEncoder().encode('data: ä\n\ndata: ü\n\ndata: [DONE]\n\n');

const checks: Readonly<Record<string, Check>> = {
  'chunks arrive as they were cut': async (carrier) => {
    const { response } = await ask(carrier, stream({ split: 'byte' }));
    const sizes: number[] = [];
    for await (const chunk of response.body ?? []) sizes.push(chunk.length);
    return sizes.length === bytes.length
      ? undefined
      : `${bytes.length} chunks of one byte arrived as ${sizes.length}`;
  },
  'a proper end is none but an end': async (carrier) => {
    const { response, run } = await ask(carrier, stream({}));
    const text = await response.text();
    if (text !== new TextDecoder().decode(bytes)) return `the body arrived as ${JSON.stringify(text)}`;
    return stateOf(run) === 'finished' ? undefined : 'the reply is not known to have ended';
  },
  'a cut connection is an error': async (carrier) => {
    const { response } = await ask(carrier, stream({ end: 'disconnect' }));
    let length = 0;
    try {
      for await (const chunk of response.body ?? []) length += chunk.length;
    } catch {
      return length === bytes.length
        ? undefined
        : `only ${length} of ${bytes.length} bytes arrived before the cut`;
    }
    return 'the body ended properly';
  },
  'a failed connection is an error': async (carrier) => {
    const { fetching } = start(carrier, { kind: 'connection-failed' });
    return fetching.then(
      ({ status }) => `it brought a reply with status ${status}`,
      () => undefined,
    );
  },
  'an abort stops the body and is noticed': async (carrier) => {
    const controller = new AbortController();
    const { response, run } = await ask(carrier, stream({ end: 'stall' }), controller.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort();
    const stopped = (async () => {
      for (;;) if ((await reader?.read())?.done !== false) return 'the body ended properly';
    })().catch(() => undefined);
    return (await stopped) ?? noticed(run);
  },
  'leaving the body returns and is noticed': async (carrier) => {
    const { response, run } = await ask(carrier, stream({ end: 'stall' }));
    for await (const _ of response.body ?? []) break;
    return noticed(run);
  },
  'an abort before headers is noticed': async (carrier) => {
    const controller = new AbortController();
    const { fetching, run } = start(carrier, { kind: 'silence' }, controller.signal);
    while (run.seen.length === 0) await turn();
    controller.abort();
    const problem = await fetching.then(
      () => 'it brought a reply',
      () => undefined,
    );
    return problem ?? noticed(run);
  },
  'a request of no case is kept and goes nowhere': async (carrier) => {
    carrier.use(undefined);
    const before = carrier.unmatched.length;
    const url = `${carrier.origin ?? 'https://unmatched.example'}/nowhere`;
    const response = await fetch(url, { method: 'POST', body: '{}' });
    await response.text();
    if (response.status !== 501) return `it brought status ${response.status}`;
    return carrier.unmatched.length === before + 1 ? undefined : 'it was not kept';
  },
};

function stream(delivery: Partial<Delivery>): LoadedReply {
  return {
    kind: 'http',
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: bytes,
    bodyFile: undefined,
    delivery: { split: 'event', end: 'close', ...delivery },
  };
}

function start(
  carrier: Carrier,
  reply: LoadedReply,
  signal?: AbortSignal,
): { fetching: Promise<Response>; run: CaseRun } {
  const run = createCaseRun(probe(reply));
  carrier.use(run);
  const url = carrier.origin ? `${carrier.origin}/${run.key}/v1` : 'https://probe.example/v1';
  const fetching = fetch(url, { method: 'POST', body: '{}', ...(signal && { signal }) });
  fetching.catch(() => {});
  return { fetching, run };
}

async function ask(carrier: Carrier, reply: LoadedReply, signal?: AbortSignal) {
  const { fetching, run } = start(carrier, reply, signal);
  return { response: await fetching, run };
}

/** A case that only brings a reply. */
function probe(reply: LoadedReply): Pick<ConformanceCase, 'id' | 'exchanges'> {
  const request = {
    method: 'POST' as const,
    url: 'https://probe.example/v1',
    headers: {},
    requireHeaders: [],
    forbidHeaders: [],
    bodyMatch: 'exact' as const,
    forbidBodyPaths: [],
  };
  return { id: 'carrier/probe', exchanges: [{ request, reply }] };
}

async function noticed(run: CaseRun): Promise<string | undefined> {
  const until = performance.now() + 1000;
  while (performance.now() < until) {
    if (stateOf(run) === 'released') return undefined;
    await turn();
  }
  return 'it was not noticed within a second';
}

function stateOf(run: CaseRun): string | undefined {
  return run.seen[0]?.delivery.state;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function withinTime(check: Promise<string | undefined>): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('nothing happened for five seconds'), 5000);
  });
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
