import type { EmulatorConfig } from './config.ts';
import { createApp } from './create-app.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { createHandlers } from './handlers.ts';
import { listen } from './listen.ts';
import { readConfig } from './read-config.ts';
import { Studio } from './studio.ts';

/**
 * A Model Studio that fits in a test. Nothing listens yet: take `handlers`, `fetch` or `listen()`.
 * @throws EmulatorConfigError that lists every mistake in the configuration.
 */
export function createEmulator(config: EmulatorConfig, options: EmulatorOptions = {}): Emulator {
  const studio = new Studio(readConfig(config), options);
  const app = createApp(studio);
  const answer = async (request: Request) => app.fetch(request);
  return {
    config: studio.config,
    models: studio.models,
    fetch: (input, init) => fetchInProcess(answer, new Request(input, init)),
    handlers: createHandlers(answer, options.origins),
    listen: (where = {}) => listen(answer, where),
    usage: () => studio.usage.lines(),
    bill: () => [...studio.bill],
    requests: studio.requests,
    use: (...rules) => studio.addRules(rules),
    reset: () => studio.reset(),
  };
}

// Like the platform's fetch, rejects when the signal aborts; the body is failed by whoever writes it.
async function fetchInProcess(
  answer: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([answer(request), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
