import { type Conversation, startConversation } from './child-conversation.ts';
import type { ChildCommand } from './child-process.ts';
import { clientOptions } from './client-driver.ts';
import type { ClientDriver } from './driver.ts';

export interface ChildDriverOptions extends ChildCommand {
  /** How long the child may take until its first line; 30000 unless given. */
  readonly startLimitMs?: number;
}

/**
 * The driver of a client in any language: a child process that is told what to do, and tells what it saw, in lines of
 * JSON; README.md has the protocol. One child performs case after case; after a crash, or anything else that is against
 * the protocol, the next case gets a new one.
 *
 * @throws Error that says why the child did not begin, or what is wrong with its first line.
 */
export async function childDriver(options: ChildDriverOptions): Promise<ClientDriver> {
  let strays: { readonly shown: readonly string[]; readonly more: number } = { shown: [], more: 0 };
  const start = () => startConversation({ ...options, onStray });
  const first = await start();
  const { type: _, protocol: __, refusals, ...said } = first.hello;
  let current: Promise<Conversation> = Promise.resolve(first);

  return {
    ...said,
    ...(refusals && { refusals }),
    carriers: ['loopback'],
    ready,
    async perform(call, surroundings) {
      if (surroundings.baseURL === undefined) {
        throw new Error('A child process can be reached over the loopback carrier only');
      }
      await ready();
      const { operation, request, options: callOptions, environment } = call;
      const task = { operation, request, options: callOptions, environment };
      return (await current).perform({ ...task, client: clientOptions(call, surroundings) }, surroundings);
    },
    async stop() {
      // When it could not be started again, each case since has said so.
      const conversation = await current.catch(() => undefined);
      await conversation?.stop();
      const { shown, more } = strays;
      strays = { shown: [], more: 0 };
      const lines = more > 0 ? [...shown, `… and ${more} more`] : shown;
      if (lines.length > 0) throw new Error(lines.join('\n'));
    },
  };

  /** Keeps the first few: a child may write without end. */
  function onStray(because: string): void {
    const { shown, more } = strays;
    strays = shown.length < 3 ? { shown: [...shown, because], more } : { shown, more: more + 1 };
  }

  async function ready(): Promise<void> {
    const conversation = await current;
    await conversation.rest();
    if (conversation.isOver) current = again();
    await current;
  }

  async function again(): Promise<Conversation> {
    const next = await start();
    if (JSON.stringify(next.hello) === JSON.stringify(first.hello)) return next;
    await next.stop();
    throw new Error(`"${options.command}" said something else of itself when it was started again`);
  }
}
