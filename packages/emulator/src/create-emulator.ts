import { Hono } from 'hono';
import type { EmulatorConfig } from './config.ts';
import type { Emulator, EmulatorOptions, ListenOptions, RequestRecord } from './emulator.ts';
import { createHandlers } from './handlers.ts';
import { listen } from './listen.ts';
import { mergeModels } from './models.ts';
import { readConfig, readReplies } from './read-config.ts';
import { UsageCounter } from './usage-counter.ts';

/**
 * A Model Studio that fits in a test. Nothing listens yet: take `handlers`, `fetch` or `listen()`.
 * @throws EmulatorConfigError that lists every mistake in the configuration.
 */
export function createEmulator(config: EmulatorConfig, options: EmulatorOptions = {}): Emulator {
  const resolved = readConfig(config);
  const usage = new UsageCounter();
  const requests: RequestRecord[] = [];
  const app = new Hono();
  const fetch = async (request: Request) => app.fetch(request);
  let added = readReplies([], resolved);
  return {
    config: resolved,
    models: mergeModels(resolved.models),
    fetch: (input, init) => fetch(new Request(input, init)),
    handlers: createHandlers(fetch, options.origins),
    listen: (where: ListenOptions = {}) => listen(fetch, where),
    usage: () => usage.lines(),
    requests,
    use: (...rules) => {
      added = [...readReplies(rules, resolved), ...added];
    },
    reset: () => {
      added = [];
      usage.clear();
      requests.length = 0;
    },
  };
}
