import type { ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { compareMoney, createWorkspaces, type ProofPlan, priceOf } from '@qwire/workspaces';
import { expect, test } from 'vitest';

const models = ['qwen-plus', 'qwen-flash', 'qwq-plus', 'qwen-mt-plus', 'text-embedding-v4'];

test.each([
  ['openai-compatible', (options: ClientOptions) => createOpenAICompatible(options)],
  ['dashscope', (options: ClientOptions) => createDashScope(options)],
] as const)(
  'what a check costs is told before anything is billed, and the bill of no call exceeds it: %s',
  async (_, create) => {
    const emulator = createEmulator({
      region: 'singapore',
      workspaces: [{ id: 'llm-one', name: 'one', apiKeys: ['sk-one'], models: '*' }],
    });
    const studio = createWorkspaces({
      wire: create,
      region: 'singapore',
      fetch: (input, init) => emulator.fetch(new Request(input, init)),
      workspaces: { one: { apiKey: 'sk-one', models } },
    });
    let plan: ProofPlan | undefined;
    const confirm = (shown: ProofPlan) => {
      expect([emulator.requests, emulator.bill()]).toEqual([[], []]);
      plan = shown;
      return true;
    };
    expect((await studio.check({ confirm })).findings.map(({ verdict }) => verdict)).toEqual(
      models.map(() => 'ok'),
    );
    const bill = emulator.bill();
    expect(bill.map(({ model }) => model).sort()).toEqual([...models].sort());
    for (const line of bill) {
      const priced = priceOf({ model: line.model, region: 'singapore', usage: line.usage });
      const most = plan?.calls.find(({ model }) => model === line.model)?.cost;
      if (!('cost' in priced) || !most) throw new Error(`no price of ${line.model}`);
      expect(compareMoney(priced.cost, most), `${line.model}: ${priced.cost.amount}`).toBeLessThanOrEqual(0);
    }
  },
);
