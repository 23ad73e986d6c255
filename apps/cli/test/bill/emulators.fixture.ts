import { createEmulator, type Emulator, type ReplyRule, type WireName } from '@qwire/emulator';
import { type CallKind, grantedModels, type MixedCall, type Place, places } from './mixed-calls.fixture.ts';

/** Base URL of each wire, by workspace. */
export type Addresses = Readonly<Record<Place, Readonly<Record<WireName, string>>>>;

export interface RunningService {
  readonly emulators: readonly Emulator[];
  readonly addresses: Addresses;
  close(): Promise<void>;
}

/** Words enough for a stream that can be left in its middle. */
const longText = Array.from({ length: 40 }, (_, index) => `word ${index}`).join(' ');

/** What is answered to calls of a kind; every other kind gets an answer of its own making. */
const rules: { readonly [kind in CallKind]?: Omit<ReplyRule, 'when'> } = {
  'second-tier': { text: 'long', usage: { inputTokens: 200_000, outputTokens: 701 } },
  'third-tier': {
    text: 'longer',
    usage: { inputTokens: 300_000, outputTokens: 1_303, cachedInputTokens: 777 },
  },
  'implicit-cache': {
    text: 'again',
    usage: { inputTokens: 5_003, outputTokens: 41, cachedInputTokens: 4_097 },
  },
  refused: { error: { status: 400, code: 'InvalidParameter', message: 'Not like this.' } },
  broken: { error: 'internal-error' },
  'failed-in-stream': {
    text: longText,
    fault: { errorAfterFrames: { frames: 4, error: 'internal-error' } },
  },
  'cut-in-stream': { text: longText, fault: { disconnectAfterFrames: 4 } },
  'aborted-chat': { text: 'late', fault: { delayMs: 250 } },
};

/** Streams that are left: one that is hung up on must not have come to its end by then. */
const leftStream = {
  drain: { text: longText, fault: { frameDelayMs: 2 } },
  cancel: { text: longText, fault: { stallAfterFrames: 5 } },
} as const;

const onceRefused = { 'throttled-once': 'rate-quota', 'broken-once': 'internal-error' } as const;

/** Emulators of both regions over HTTP, which know what is to happen to each call. */
export async function startEmulators(
  calls: readonly MixedCall[],
  whenLeft: keyof typeof leftStream,
): Promise<RunningService> {
  const replies = [
    ...calls.flatMap(({ kind, number }) =>
      kind === 'throttled-once' || kind === 'broken-once'
        ? [{ when: messageOf(kind, number), times: 1, error: onceRefused[kind] }]
        : [],
    ),
    ...Object.entries({
      ...rules,
      left: leftStream[whenLeft],
      'aborted-stream': leftStream[whenLeft],
    }).map(([kind, rule]) => ({ when: `${kind} #`, ...rule })),
  ];
  const running = (['singapore', 'beijing'] as const).map(async (region) => {
    const own = Object.entries(places).filter(([, place]) => place.region === region);
    const emulator = createEmulator({
      region,
      workspaces: own.map(([name, { apiKey }]) => ({
        id: `llm-${name}`,
        name,
        apiKeys: [apiKey],
        models: [...grantedModels],
      })),
      replies,
    });
    return { emulator, server: await emulator.listen() };
  });
  const [singapore, beijing] = await Promise.all(running);
  if (!singapore || !beijing) throw new Error('An emulator is missing');
  return {
    emulators: [singapore.emulator, beijing.emulator],
    addresses: {
      marketing: singapore.server.baseURLs,
      research: singapore.server.baseURLs,
      finance: beijing.server.baseURLs,
    },
    close: async () => {
      await Promise.all([singapore.server.close(), beijing.server.close()]);
    },
  };
}

/** The text by which the rules know a call. */
export function messageOf(kind: CallKind, number: number): string {
  return `${kind} #${number};`;
}
