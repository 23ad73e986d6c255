import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client, ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import type { Wire } from '../wire.ts';
import { type LinearFit, linearFit } from './linear-fit.ts';
import { usedBytes } from './memory.ts';
import { runStream, type StreamOutcome } from './run-stream.ts';
import { type SoakServer, startSoakServer } from './start-soak-server.ts';
import { createStreamPlan } from './stream-plan.ts';

export interface SoakOptions {
  readonly seed: number;
  /** At a time. */
  readonly streams: number;
  /** A round that has begun is finished. */
  readonly durationMs: number;
  /** How long streams that have ended are replaced by others, round by round. */
  readonly roundMs: number;
  readonly wires: readonly Wire[];
  /** Of a stream, on average. */
  readonly meanEvents: number;
  /** The idle limit of streams that stall; all others have limits out of reach, for a busy machine is no fault. */
  readonly stallMs: number;
  /** `fetch` unless given. */
  readonly transport?: ClientOptions['transport'];
  readonly onRound?: (round: SoakRound) => void;
}

/** Between two rounds there are no streams, so that what is still in use then is left over, or kept for further ones. */
export interface SoakRound {
  readonly streams: number;
  readonly events: number;
  readonly durationMs: number;
  /** After the round, when its garbage is gone. */
  readonly usedBytes: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly rounds: readonly SoakRound[];
  readonly streams: number;
  /** Events that came, and those that must have. */
  readonly events: number;
  readonly lostEvents: number;
  readonly durationMs: number;
  /** The most streams that the server had open at a time, and those left at the end. */
  readonly peakStreams: number;
  readonly openStreams: number;
  readonly problems: readonly string[];
  readonly unhandled: readonly string[];
  /** How the bytes in use changed from round to round, without the first, which warms up. */
  readonly growth: LinearFit;
  /** The longest that the event loop was held up, but for one in a hundred times. */
  readonly delayMs: number;
}

const factories: Readonly<Record<Wire, (options: ClientOptions) => Client>> = {
  'openai-compatible': createOpenAICompatible,
  dashscope: createDashScope,
};

/** Loads this process with many streams at a time, round after round, from a server in another. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const server = await startSoakServer();
  const unhandled: string[] = [];
  const onUnhandled = (reason: unknown) => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  const delay = monitorEventLoopDelay();
  delay.enable();
  try {
    const totals = await runRounds(options, server);
    delay.disable();
    const { peak, open } = await server.counts();
    return {
      ...totals,
      seed: options.seed,
      peakStreams: peak,
      openStreams: open,
      unhandled,
      growth: linearFit(totals.rounds.slice(1).map((round) => round.usedBytes)),
      delayMs: delay.percentile(99) / 1e6,
    };
  } finally {
    process.off('unhandledRejection', onUnhandled);
    await server.close();
  }
}

async function runRounds(options: SoakOptions, server: SoakServer) {
  const clients = createClients(options, server);
  const rounds: SoakRound[] = [];
  const problems: string[] = [];
  let [streams, events, lostEvents] = [0, 0, 0];
  const began = performance.now();
  do {
    const roundBegan = performance.now();
    const before = { streams, events };
    const load = async () => {
      do {
        streams += 1;
        const plan = createStreamPlan(streams, options);
        const outcome = await runStream(plan, { client: clients[plan.wire], stallMs: options.stallMs });
        events += outcome.received;
        lostEvents += outcome.certain - outcome.received;
        problems.push(...describe(outcome));
      } while (performance.now() - roundBegan < options.roundMs);
    };
    await Promise.all(Array.from({ length: options.streams }, load));
    const round = {
      streams: streams - before.streams,
      events: events - before.events,
      durationMs: performance.now() - roundBegan,
      usedBytes: await usedBytes(),
    };
    rounds.push(round);
    options.onRound?.(round);
  } while (performance.now() - began < options.durationMs);
  return { rounds, problems, streams, events, lostEvents, durationMs: performance.now() - began };
}

function createClients({ transport }: SoakOptions, { baseURL }: SoakServer): Record<Wire, Client> {
  const shared = {
    baseURL,
    apiKey: 'sk-soak',
    // As many at once keep the first byte waiting.
    timeouts: { connectMs: 300_000, firstEventMs: 300_000 },
    ...(transport && { transport }),
  };
  return {
    'openai-compatible': factories['openai-compatible'](shared),
    dashscope: factories.dashscope(shared),
  };
}

function describe({ plan, problems }: StreamOutcome): string[] {
  return problems.map((problem) => `stream ${plan.id} (${plan.wire}, ${plan.end}): ${problem}`);
}
