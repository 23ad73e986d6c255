import type { ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator, type Emulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { createWorkspaces, type WorkspaceOptions } from '@qwire/workspaces';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

interface Place {
  readonly name: string;
  readonly host: string;
  readonly region: 'ap-southeast-1' | 'cn-beijing';
  readonly options: Omit<WorkspaceOptions, 'apiKey'>;
}

/** Ten workspaces: on hosts of their own, and sharing the hosts of two regions. */
const places: readonly Place[] = Array.from({ length: 10 }, (_, index) => {
  const name = `team-${index}`;
  const id = `llm-team${index}`;
  if (index < 4) {
    const host = `${id}.ap-southeast-1.maas.aliyuncs.com`;
    return { name, host, region: 'ap-southeast-1', options: { workspaceId: id } };
  }
  return index < 7
    ? { name, host: 'dashscope-intl.aliyuncs.com', region: 'ap-southeast-1', options: {} }
    : { name, host: 'dashscope.aliyuncs.com', region: 'cn-beijing', options: { region: 'beijing' } };
});

/** Keys of a workspace: each is good, and none is another workspace's. */
function keysOf(name: string): readonly string[] {
  return ['a', 'b', 'c'].map((generation) => `sk-${name}-${generation}`);
}

const emulators = new Map<string, Emulator>(
  (['ap-southeast-1', 'cn-beijing'] as const).map((region) => {
    const workspaces = places.filter((place) => place.region === region);
    return [
      region,
      createEmulator({
        region,
        workspaces: workspaces.map(({ name }) => ({
          id: `llm-${name.replace('-', '')}`,
          name,
          apiKeys: [...keysOf(name)],
          models: '*',
        })),
        replies: [
          { when: '/[02468]$/', text: 'done', fault: { delayMs: 3 } },
          { text: 'done', fault: { delayMs: 1 } },
        ],
      }),
    ];
  }),
);

/** What was sent, by the text of the message: the one thing in it that says whose call it was. */
const sent = new Map<string, { readonly host: string; readonly key: string }>();
const server = setupServer(
  http.all('*', async ({ request }) => {
    const { hostname } = new URL(request.url);
    const text = await request.clone().text();
    const [, call = text] = /"content":(?:\[\{"text":)?"([^"]+)"/.exec(text) ?? [];
    sent.set(call, { host: hostname, key: request.headers.get('authorization') ?? '' });
    const region = hostname === 'dashscope.aliyuncs.com' ? 'cn-beijing' : 'ap-southeast-1';
    return emulators.get(region)?.fetch(request);
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => server.close());

const wires = [
  ['openai-compatible', (options: ClientOptions) => createOpenAICompatible(options)],
  ['dashscope', (options: ClientOptions) => createDashScope(options)],
] as const;

test.each(wires)(
  'a hundred calls at once over ten workspaces each carry their own key to their own host, while keys rotate: %s',
  async (wire, create) => {
    sent.clear();
    const rotated = new Map<string, number>();
    const nextKey = (name: string) => {
      const count = rotated.get(name) ?? 0;
      rotated.set(name, count + 1);
      return keysOf(name)[count % 3];
    };
    const workspaces = places.map(({ name, options }) => {
      // As of a secret store, which takes its time.
      const apiKey = async () => {
        await new Promise((resolve) => setTimeout(resolve, name.length % 3));
        return nextKey(name);
      };
      return [name, { ...options, apiKey }] as const;
    });
    const studio = createWorkspaces({
      wire: create,
      region: 'singapore',
      maxRetries: 0,
      workspaces: Object.fromEntries(workspaces),
    });
    const calls = Array.from({ length: 100 }, (_, index) => ({ index, name: `team-${(index * 7) % 10}` }));
    const replies = await Promise.all(
      calls.map(({ index, name }) => {
        const client = studio.workspace(name);
        const content = `${wire} ${name} ${index}`;
        const request = { model: 'qwen-plus', messages: [{ role: 'user', content }] } as const;
        return index % 2 ? client.chat(request) : client.stream(request).response();
      }),
    );
    expect(replies.map(({ text }) => text)).toEqual(calls.map(() => 'done'));
    expect(sent.size).toBe(100);
    for (const { index, name } of calls) {
      const { host, key } = sent.get(`${wire} ${name} ${index}`) ?? {};
      expect({ name, host }).toEqual({ name, host: places.find((place) => place.name === name)?.host });
      expect(keysOf(name).map((known) => `Bearer ${known}`)).toContain(key);
    }
    // Every key of every workspace was used.
    expect(new Set([...sent.values()].map(({ key }) => key)).size).toBe(30);
    const { groups } = await studio.costs({ by: ['workspace'] });
    expect(groups.map(({ key, calls: count }) => [key.workspace, count])).toEqual(
      places.map(({ name }) => [name, 10]),
    );
  },
);

/** What a secret store does that gives no key, and what its caller is told. */
const stores = {
  hangs: { read: () => new Promise<string>(() => {}), message: /gave none within 30 ms$/ },
  'is left': { read: () => new Promise<string>(() => {}), message: /aborted/ },
  fails: { read: async () => Promise.reject(new Error('sealed')), message: /returns the key failed$/ },
  'gives nothing': { read: async () => undefined, message: /there is no API key$/ },
  'gives blanks': { read: async () => ' \n ', message: /there is no API key$/ },
  'gives two words': { read: async () => 'sk-team-1 a', message: /holds spaces/ },
};

test.each(wires)(
  'where the secret store of a workspace gives no key, nothing of it is sent, and the others go on: %s',
  async (wire, create) => {
    sent.clear();
    vi.stubEnv('DASHSCOPE_API_KEY', 'sk-of-the-environment');
    const names = Object.keys(stores);
    const bad = Object.entries(stores).map(([name, { read }]) => [name, { apiKey: read }] as const);
    const studio = createWorkspaces({
      wire: create,
      region: 'singapore',
      workspaces: { 'team-4': { apiKey: async () => 'sk-team-4-a' }, ...Object.fromEntries(bad) },
    });
    const ask = (name: string, index: number) => {
      const content = `${wire} ${name} ${index}`;
      const request = { model: 'qwen-plus', messages: [{ role: 'user', content }] } as const;
      const signal = name === 'is left' ? AbortSignal.timeout(5) : undefined;
      // All the time that a busy machine needs.
      const timeouts = { connectMs: name === 'hangs' ? 30 : 60_000 };
      const options = { timeouts, ...(signal && { signal }) };
      const client = studio.workspace(name);
      return index % 2 ? client.chat(request, options) : client.stream(request, options).response();
    };
    const calls = [0, 1].flatMap((index) => ['team-4', ...names].map((name) => ({ name, index })));
    const outcomes = await Promise.allSettled(calls.map(({ name, index }) => ask(name, index)));
    for (const [at, { name }] of calls.entries()) {
      const outcome = outcomes[at];
      if (name === 'team-4') {
        expect(outcome).toMatchObject({ status: 'fulfilled', value: { text: 'done' } });
        continue;
      }
      const { message } = stores[name as keyof typeof stores];
      expect(outcome, name).toMatchObject({
        status: 'rejected',
        reason: {
          kind: name === 'is left' ? 'aborted' : 'configuration',
          message: expect.stringMatching(message),
        },
      });
    }
    expect([...sent].map(([call, { key }]) => [call, key])).toEqual(
      expect.arrayContaining([
        [`${wire} team-4 0`, 'Bearer sk-team-4-a'],
        [`${wire} team-4 1`, 'Bearer sk-team-4-a'],
      ]),
    );
    expect(sent.size).toBe(2);
  },
);
