import { type ChildHello, readChildLine, type ToChild } from './child-messages.ts';
import { type ChildCommand, startChild } from './child-process.ts';
import type { Surroundings } from './driver.ts';
import type { Outcome } from './outcome.ts';

export interface ConversationOptions extends ChildCommand {
  /** How long the child may take until its first line; 30000 unless given. */
  readonly startLimitMs?: number;
  /** Told what the child did wrong while no case was being performed. */
  readonly onStray: (because: string) => void;
}

/** What is asked of a child for one case. */
export type ChildTask = Omit<Extract<ToChild, { type: 'perform' }>, 'type' | 'id' | 'aborted'>;

/** One child from its hello to its end. Once it has done something wrong it is ended, as nothing more is known of it. */
export interface Conversation {
  readonly hello: ChildHello;
  readonly isOver: boolean;
  /** @throws Error that says what the child did instead of answering. */
  perform(task: ChildTask, surroundings: Surroundings): Promise<Outcome>;
  /**
   * Resolves when no case is being performed any more. A call that was given up gets a moment to be answered, then the
   * child is ended; and one that is to be ended has ended, so that no request of it can come any more.
   */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

interface Pending {
  readonly id: number;
  readonly surroundings: Surroundings;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  readonly settled: Promise<unknown>;
}

/** How long a call that was given up may take to report so. */
const abortedGraceMs = 1000;

/**
 * Starts a child and reads its hello.
 *
 * @throws Error that says what came instead.
 */
export async function startConversation(options: ConversationOptions): Promise<Conversation> {
  const { command, startLimitMs = 30_000, onStray } = options;
  const greeting = Promise.withResolvers<ChildHello>();
  let hasGreeted = false;
  let pending: Pending | undefined;
  let lastId = 0;
  let isOver = false;
  let isStopping = false;
  let secret = '';

  const child = startChild(options, { onLine: read, onMistake: fail, onEnd: end });
  const timer = setTimeout(() => fail(`said no hello within ${startLimitMs} ms`), startLimitMs);
  const hello = await greeting.promise.finally(() => clearTimeout(timer));
  child.hold(false);

  return {
    hello,
    get isOver() {
      return isOver;
    },
    async perform(task, surroundings) {
      const id = ++lastId;
      const answer = Promise.withResolvers<Outcome>();
      const { resolve, reject } = answer;
      if (isOver) throw childError('has ended already');
      secret = typeof task.client.apiKey === 'string' ? task.client.apiKey : '';
      pending = { id, surroundings, resolve, reject, settled: answer.promise.catch(() => {}) };
      const { signal } = surroundings;
      const abort = () => send({ type: 'abort', id });
      child.hold(true);
      send({ type: 'perform', id, ...task, aborted: signal.aborted });
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await answer.promise;
      } finally {
        signal.removeEventListener('abort', abort);
        child.hold(false);
      }
    },
    async rest() {
      if (pending) {
        const late = setTimeout(
          () => fail('did not answer, also after the call was aborted'),
          abortedGraceMs,
        );
        await pending.settled;
        clearTimeout(late);
      }
      if (isOver) await child.stop();
    },
    async stop() {
      if (pending) fail('was stopped while it performed a case');
      isStopping = true;
      await child.stop();
      isOver = true;
    },
  };

  function send(message: ToChild): void {
    child.write(JSON.stringify(message));
  }

  function read(line: string): void {
    if (isOver) return;
    try {
      take(readChildLine(line));
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  function take(message: ReturnType<typeof readChildLine>): void {
    if (message.type === 'hello') {
      if (hasGreeted) throw new Error('said hello twice');
      hasGreeted = true;
      greeting.resolve(message);
      return;
    }
    if (!hasGreeted) throw new Error('has to say hello first');
    if (message.id !== pending?.id) {
      // The case that it belongs to has been judged; the one that is being performed may be fine.
      onStray(describe(strayMessage(message.type, message.id)));
      return;
    }
    const { id, surroundings, resolve, reject } = pending;
    if (message.type === 'received') {
      send({ type: surroundings.received(), id });
      return;
    }
    pending = undefined;
    if (message.type === 'outcome') resolve(message.outcome);
    else reject(childError(`did not try: ${message.because}`));
  }

  function strayMessage(type: string, id: number): string {
    return id > 0 && id <= lastId
      ? `wrote "${type}" for call ${id}, which it has answered already`
      : `wrote "${type}" for call ${id}, which it was not asked for`;
  }

  function end(because: string): void {
    if (isStopping) isOver = true;
    else fail(`${because}${hasGreeted ? ' before it was asked to' : ' before it said hello'}`);
  }

  /** The end of the conversation, told to whoever waits for something. */
  function fail(because: string): void {
    if (isOver) return;
    isOver = true;
    child.kill();
    greeting.reject(childError(because));
    if (pending) pending.reject(childError(because));
    else if (hasGreeted) onStray(describe(because));
    pending = undefined;
  }

  function childError(because: string): Error {
    const error = new Error(describe(because));
    // It would show where this file is, not what the child did.
    delete error.stack;
    return error;
  }

  function describe(because: string): string {
    const { lastWords } = child;
    const text = `"${command}" ${because}${lastWords ? `\nIts stderr ends with:\n${lastWords}` : ''}`;
    return secret ? text.replaceAll(secret, '[key]') : text;
  }
}
