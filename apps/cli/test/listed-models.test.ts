import { createEmulator } from '@qwire/emulator';
import { createWorkspaces } from '@qwire/workspaces';
import { expect, test } from 'vitest';
import { listModelsOver } from '../src/doctor/list-models.ts';
import { wireNames, wires } from '../src/doctor/wires.ts';

const emulator = createEmulator({
  region: 'singapore',
  workspaces: [
    { id: 'llm-default', name: 'default', apiKeys: ['sk-default'], models: '*' },
    { id: 'llm-marketing', name: 'marketing', apiKeys: ['sk-marketing'], models: ['qwen-plus'] },
  ],
});

test.each(wireNames)('a check is told what the service lists for each key, over %s', async (name) => {
  emulator.reset();
  const studio = createWorkspaces({
    wire: wires[name].create,
    region: 'singapore',
    fetch: emulator.fetch,
    workspaces: {
      default: { apiKey: 'sk-default', models: ['qwen-max', 'qwen-nothing'] },
      marketing: { apiKey: 'sk-marketing', models: ['qwen-plus', 'qwen-max'] },
    },
  });
  const { findings } = await studio.check({ listModels: listModelsOver(name), confirm: true });
  expect(
    findings.map(({ workspace, model, listed, verdict }) => [workspace, model, listed, verdict]),
  ).toEqual([
    ['default', 'qwen-max', true, 'ok'],
    ['default', 'qwen-nothing', false, 'model-unknown'],
    ['marketing', 'qwen-plus', true, 'ok'],
    ['marketing', 'qwen-max', false, 'model-not-granted'],
  ]);
  expect(emulator.bill()).toHaveLength(2);
});

test('a pattern is checked with the models that the service lists', async () => {
  const studio = createWorkspaces({
    wire: wires.dashscope.create,
    region: 'singapore',
    fetch: emulator.fetch,
    workspaces: { default: { apiKey: 'sk-default', models: ['qwen3-vl-*'] } },
  });
  const { findings } = await studio.check({ listModels: listModelsOver('dashscope') });
  expect(findings.map(({ model, verdict }) => [model, verdict])).toEqual([
    ['qwen3-vl-plus', 'not-checked'],
    ['qwen3-vl-flash', 'not-checked'],
  ]);
});
