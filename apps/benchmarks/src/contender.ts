import type { Wire } from './reply.ts';

/** A client of one address. */
export interface BenchClient {
  /** One call; its text. */
  chat(): Promise<string>;
  /** One stream, read to its end; its text, or the arguments of its tool call. */
  stream(): Promise<string>;
  /** A stream as the client hands it out, of which nothing has been read. */
  open(): Promise<AsyncIterable<unknown>>;
}

/** One way to call the service, in a module of its own that nothing else imports. */
export interface Contender {
  readonly wire: Wire;
  /** @param address without the wire's path, as `http://127.0.0.1:4010/bulk-1000` */
  connect(address: string, options?: { readonly messages?: number }): BenchClient;
}

/** What is asked, of every contender the same. */
export const prompt = 'Say what carpenters say.';

/** As many messages as are asked for, users' and assistants' in turn, and a user's last. */
export function messagesOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    role: (count - index) % 2 === 1 ? ('user' as const) : ('assistant' as const),
    content: prompt,
  }));
}

export const modelName = 'qwen-plus';
export const key = 'sk-benchmark';

/** The path of each wire's base URL. */
export const basePath = { 'openai-compatible': '/compatible-mode/v1', dashscope: '/api/v1' } as const;
