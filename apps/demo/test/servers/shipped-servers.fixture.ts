import { startLoopbackServer } from '@qwire/conformance';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator, type RunningEmulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { http } from 'msw';
import { createConsole } from '../../src/server/create-console.ts';

/** A server as its users start it, and a request that it answers with 200. */
export interface OpenServer {
  readonly port: number;
  readonly ask: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** Paths that a browser or a client may read. */
  readonly paths: readonly string[];
  readonly keys: readonly string[];
  close(): Promise<unknown>;
}

const messages = [{ role: 'user', content: 'Who are you?' }];
const json = { 'content-type': 'application/json' };
const keys = ['sk-4f9a0c/+71e2b8d6', 'sk-d1837b5e0c9f24a6'];
const [apiKey = '', otherKey = ''] = keys;
const authorization = `Bearer ${apiKey}`;

function openEmulator(): Promise<RunningEmulator> {
  const workspaces = [
    { id: 'llm-default', name: 'default', apiKeys: [apiKey], models: '*' as const },
    { id: 'llm-other', name: 'other', apiKeys: [otherKey], models: ['qwen-plus'] },
  ];
  return createEmulator({ region: 'singapore', workspaces }).listen();
}

/** By what they are called. */
export const shippedServers: Readonly<Record<string, () => Promise<OpenServer>>> = {
  async 'the emulator'() {
    const { port, close } = await openEmulator();
    return {
      port,
      close,
      keys,
      ask: {
        path: '/compatible-mode/v1/chat/completions',
        headers: { ...json, authorization },
        body: JSON.stringify({ model: 'qwen-plus', messages }),
      },
      paths: ['/', '/emulator/bill', '/compatible-mode/v1/models', '/api/v1/uploads'],
    };
  },
  async 'the console'() {
    const { baseURLs, close } = await openEmulator();
    const workspaces = keys.map((key, i) => ({
      name: i === 0 ? 'default' : 'other',
      clients: [
        createDashScope({ apiKey: key, region: 'singapore', baseURL: baseURLs.dashscope }),
        createOpenAICompatible({ apiKey: key, region: 'singapore', baseURL: baseURLs['openai-compatible'] }),
      ],
    }));
    const page = createConsole({ service: 'The emulator', workspaces });
    const { port } = new URL(await page.listen({ port: 0 }));
    return {
      port: Number(port),
      close: () => page.close().then(close),
      keys,
      ask: {
        path: '/api/chat',
        headers: json,
        body: JSON.stringify({ workspace: 'other', wire: 'dashscope', model: 'qwen-plus', messages }),
      },
      paths: ['/', '/theme.js', '/favicon.svg', '/api/console', '/api/nothing', '/nothing'],
    };
  },
  async 'the loopback server'() {
    const answer = http.post('*/chat', async ({ request }) => new Response(await request.text()));
    const { origin, stop } = await startLoopbackServer([answer]);
    return {
      port: Number(new URL(origin).port),
      close: stop,
      keys,
      ask: {
        path: '/chat',
        headers: { ...json, authorization },
        body: JSON.stringify({ messages }),
      },
      paths: ['/', '/nothing'],
    };
  },
};
