import type { ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { createWorkspaces, type WorkspaceOptions } from '@qwire/workspaces';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void vi.useRealTimers());

const wires = [
  ['openai-compatible', (options: ClientOptions) => createOpenAICompatible(options)],
  ['dashscope', (options: ClientOptions) => createDashScope(options)],
] as const;

/** A service that takes ten calls in a second of one workspace, and as many as come of the other. */
function studio(
  create: (typeof wires)[number][1],
  { limits, maxRetries }: Pick<WorkspaceOptions, 'limits'> & Pick<ClientOptions, 'maxRetries'>,
) {
  const emulator = createEmulator({
    region: 'singapore',
    workspaces: [
      {
        id: 'llm-small',
        name: 'small',
        apiKeys: ['sk-small'],
        models: '*',
        limits: [{ models: '*', requests: 10, windowMs: 1_000 }],
      },
      { id: 'llm-large', name: 'large', apiKeys: ['sk-large'], models: '*' },
    ],
  });
  const statuses: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await emulator.fetch(new Request(input, init));
    statuses.push(response.status);
    return response;
  };
  const workspaces = createWorkspaces({
    wire: create,
    region: 'singapore',
    fetch,
    ...(maxRetries !== undefined && { maxRetries }),
    workspaces: {
      small: { apiKey: 'sk-small', ...(limits && { limits }) },
      large: { apiKey: 'sk-large', ...(limits && { limits: [] }) },
    },
  });
  const send = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const client = workspaces.workspace(name);
      const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] } as const;
      return index % 2 ? client.chat(request) : client.stream(request).response();
    });
  return { send, statuses, refused: () => statuses.filter((status) => status === 429).length };
}

async function failuresOf(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const outcomes = Promise.allSettled(calls);
  let isDone = false;
  void outcomes.then(() => {
    isDone = true;
  });
  while (!isDone) await vi.advanceTimersByTimeAsync(100);
  return (await outcomes).flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

test.each(wires)('where its limit is known, no call of a workspace is refused: %s', async (_, create) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const limits = [{ models: 'qwen-*', requests: 10, windowMs: 1_010 }];
  const { send, statuses } = studio(create, { limits, maxRetries: 0 });
  expect(await failuresOf(send('small', 40))).toEqual([]);
  expect(statuses).toEqual(Array.from({ length: 40 }, () => 200));
});

test.each(wires)(
  'where its limit is not known, a workspace learns it from refusals, and another one is not slowed down: %s',
  async (_, create) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    const naive = studio(create, { maxRetries: 7 });
    await failuresOf(naive.send('small', 60));
    const learning = studio(create, { limits: [], maxRetries: 7 });
    const beganAt = performance.now();
    const small = learning.send('small', 60);
    const large = await failuresOf(learning.send('large', 60));
    expect(large).toEqual([]);
    expect(performance.now() - beganAt).toBeLessThan(2_000);
    expect(await failuresOf(small)).toEqual([]);
    expect(learning.refused()).toBeLessThan(naive.refused());
  },
);
