// A process that makes calls into a ledger that it shares. Run by Node with a channel to its parent.
import { catalog } from '@qwire/catalog';
import { type ChatRequest, type Client, QwireError } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import type { WireName } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import {
  createSqlStore,
  createWorkspaces,
  type LedgerStore,
  type SqlClient,
  type Workspaces,
} from '@qwire/workspaces';
import pg from 'pg';
import { type Addresses, messageOf } from './emulators.fixture.ts';
import { budgeted, type MixedCall, type Place, places } from './mixed-calls.fixture.ts';

/** What a process is told to do. */
export interface Assignment {
  readonly calls: readonly MixedCall[];
  readonly addresses: Addresses;
  readonly whenLeft: 'cancel' | 'drain';
  /** Folder of the socket of a PostgreSQL server; the parent is asked without one. */
  readonly socket?: string;
}

/** How a call ended for its caller: the kind of its error, or `answered`, or `left`. */
export type Result = readonly [number: number, result: string];

const atOnce = 12;

// When the parent has given up.
process.once('disconnect', () => process.exit());
process.once('message', (assignment: Assignment) => {
  run(assignment).then(
    (results) => process.send?.({ results }, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run({ calls, addresses, whenLeft, socket }: Assignment): Promise<readonly Result[]> {
  const pool =
    socket === undefined
      ? undefined
      : new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', max: 4 });
  const { store, kept } = counting(createSqlStore(pool ?? askParent()));
  const studios = {
    'openai-compatible': registry(createOpenAICompatible, 'openai-compatible'),
    dashscope: registry(createDashScope, 'dashscope'),
  } satisfies Record<WireName, Workspaces>;
  const queue = [...calls];
  const results: Result[] = [];
  const worker = async () => {
    for (let call = queue.shift(); call; call = queue.shift()) {
      const client = studios[call.wire].workspace(call.workspace);
      results.push([call.number, await make(call, client)]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // Those that were left go on in the background.
  await kept(calls.length);
  await pool?.end();
  return results;

  function registry(wire: typeof createOpenAICompatible, name: WireName): Workspaces {
    const workspaces = Object.entries(places).map(([place, settings]) => [
      place,
      {
        ...settings,
        baseURL: addresses[place as Place][name],
        ...(place === budgeted.workspace && { budget: budgeted.budget }),
      },
    ]);
    return createWorkspaces({
      wire,
      workspaces: Object.fromEntries(workspaces),
      ledger: store,
      modelLimits: (model) => catalog.findModel(model)?.facts,
      whenLeft,
      onLedgerError,
    });
  }
}

/** On a busy machine the store is late at times; the record is kept nevertheless, which is waited for. */
function onLedgerError(error: unknown): void {
  if (!String(error).includes('did not answer within')) throw error;
}

async function make(call: MixedCall, client: Client): Promise<string> {
  try {
    return await attempt(call, client);
  } catch (error) {
    // What is refused on this side has no record to wait for.
    if (!QwireError.is(error) || error.kind === 'configuration') throw error;
    return error.kind;
  }
}

async function attempt(call: MixedCall, client: Client): Promise<string> {
  const { kind, model, number } = call;
  if (kind === 'vectors') {
    await client.embed({ model, input: [messageOf(kind, number), 'and another'] });
    return 'answered';
  }
  const request = requestOf(call);
  const aborter = new AbortController();
  const { signal } = aborter;
  if (kind === 'aborted-chat') {
    setTimeout(() => aborter.abort(), 20);
    await client.chat(request, { signal });
    return 'answered';
  }
  if (!isStreamed(call)) {
    await client.chat(request);
    return 'answered';
  }
  for await (const event of client.stream(request, { signal })) {
    if (event.type !== 'text-delta') continue;
    if (kind === 'left') return 'left';
    if (kind === 'aborted-stream') aborter.abort();
  }
  return 'answered';
}

const streamed = [
  'streamed',
  'thinking-streamed',
  'failed-in-stream',
  'cut-in-stream',
  'left',
  'aborted-stream',
];

/** Kinds that may be either are the one or the other by turns. */
function isStreamed({ kind, number }: MixedCall): boolean {
  const isEither = !['whole', 'thinking'].includes(kind);
  return streamed.includes(kind) || (isEither && number % 2 === 1);
}

/** More tokens than the least that the service keeps. */
const prefix = 'Everything that was ever said about it. '.repeat(200);

function requestOf({ kind, model, number }: MixedCall): ChatRequest {
  const text = messageOf(kind, number);
  const thinking = kind.startsWith('thinking');
  if (kind !== 'explicit-cache') {
    return { model, messages: [{ role: 'user', content: text }], ...(thinking && { thinking }) };
  }
  // Some find what others have put into the cache, and some put it there.
  const shared = { type: 'text', text: `${prefix}${number % 2}`, cache: true } as const;
  return {
    model,
    messages: [
      { role: 'system', content: [shared] },
      { role: 'user', content: text },
    ],
  };
}

/** A store that tells when it has so many records. */
function counting(store: LedgerStore) {
  let count = 0;
  let told = () => {};
  return {
    store: {
      ...store,
      async add(...entry: Parameters<LedgerStore['add']>) {
        const isNew = await store.add(...entry);
        count += 1;
        told();
        return isNew;
      },
    } satisfies LedgerStore,
    kept: (calls: number) =>
      new Promise<void>((resolve) => {
        told = () => {
          if (count >= calls) resolve();
        };
        told();
      }),
  };
}

/** A client of the parent's database. */
function askParent(): SqlClient {
  const waiting = new Map<
    number,
    { resolve(value: { rows: unknown[] }): void; reject(error: unknown): void }
  >();
  let count = 0;
  process.on('message', ({ id, rows, error }: { id?: number; rows?: unknown[]; error?: string }) => {
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (rows) asked?.resolve({ rows });
    else asked?.reject(new Error(error));
  });
  return {
    query: (text, params) =>
      new Promise((resolve, reject) => {
        count += 1;
        waiting.set(count, { resolve, reject });
        process.send?.({ id: count, text, params });
      }),
  };
}
