import type { Emulator } from './emulator.ts';

/** Sends one raw request to an emulator; used by the tests only. */
export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; `undefined` when it is not JSON. */
  readonly json: Record<string, unknown> | undefined;
}

export interface SendOptions {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly origin?: string;
  readonly signal?: AbortSignal;
}

const nativePath = {
  text: '/api/v1/services/aigc/text-generation/generation',
  multimodal: '/api/v1/services/aigc/multimodal-generation/generation',
};

export const hello = [{ role: 'user', content: 'Hello' }];

export function sendCompatible(emulator: Emulator, body: object, options: SendOptions = {}): Promise<Sent> {
  const path = '/compatible-mode/v1/chat/completions';
  return send(emulator, path, { model: 'qwen-plus', messages: hello, ...body }, options);
}

/** The body's messages go into `input`. */
export function sendNative(
  emulator: Emulator,
  { model = 'qwen-plus', messages = hello, ...parameters }: Record<string, unknown>,
  { path = 'text', ...options }: SendOptions & { readonly path?: keyof typeof nativePath } = {},
): Promise<Sent> {
  const body = { model, input: { messages }, parameters: { result_format: 'message', ...parameters } };
  return send(emulator, nativePath[path], body, options);
}

/** Headers that start a native stream. */
export const sse = { 'x-dashscope-sse': 'enable', accept: 'text/event-stream' };

export async function send(
  emulator: Emulator,
  path: string,
  body: unknown,
  { key = 'sk-default', headers = {}, origin = 'http://emulator.test', signal }: SendOptions = {},
): Promise<Sent> {
  const response = await emulator.fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** The JSON of every `data:` line of a stream. */
export function readData(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data:') && !line.includes('[DONE]'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as Record<string, unknown>);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
