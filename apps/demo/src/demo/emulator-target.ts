import { createDashScope } from '@qwire/dashscope';
import { createEmulator, type Emulator, sampleConfig } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import type { WorkspaceClients } from '../server/console-options.ts';
import { findFreePort } from '../server/find-free-port.ts';
import { emulatorReplies } from './emulator-replies.ts';
import type { Target } from './target.ts';

const host = '127.0.0.1';

/** The emulator can be asked what it was asked. */
export interface EmulatorTarget extends Target {
  readonly emulator: Emulator;
}

interface EmulatorTargetOptions {
  /** The next free one when it is taken. */
  readonly port?: number;
  /** Wait before each frame of a stream, so that it can be watched. */
  readonly frameDelayMs?: number;
}

/** An emulator on this machine with two workspaces, the one with few rights first. */
export async function openEmulatorTarget(options: EmulatorTargetOptions = {}): Promise<EmulatorTarget> {
  const { port = 4010, frameDelayMs = 30 } = options;
  const emulator = createEmulator({
    ...sampleConfig,
    frameDelayMs,
    replies: [...(emulatorReplies ?? []), ...sampleConfig.replies],
  });
  const running = await emulator.listen({ port: await findFreePort(port, host), host });
  const workspaces = emulator.config.workspaces.map(
    ({ id, name = id, apiKeys, models }): WorkspaceClients => {
      const shared = { apiKey: apiKeys[0] ?? '', region: emulator.config.region, workspaceId: id };
      return {
        name,
        id,
        granted: models === '*' ? ['*'] : models,
        clients: [
          createOpenAICompatible({ ...shared, baseURL: running.baseURLs['openai-compatible'] }),
          createDashScope({ ...shared, baseURL: running.baseURLs.dashscope }),
        ],
      };
    },
  );
  const [first, ...rest] = workspaces.reverse();
  if (first === undefined) throw new Error('The emulator has no workspace');
  return {
    emulator,
    service: `Emulator on ${running.url}. Nothing leaves this machine.`,
    workspaces: [first, ...rest],
    close: () => running.close(),
  };
}
