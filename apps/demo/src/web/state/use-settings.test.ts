import { expect, test } from 'vitest';
import type { ConsoleInfo } from '../../shared/console-api.ts';
import { changeSettings, initialSettings, toCallSettings } from './use-settings.ts';

const info: ConsoleInfo = {
  service: 'A fake',
  wires: ['openai-compatible', 'dashscope'],
  tools: [],
  workspaces: [
    {
      name: 'marketing',
      id: 'llm-marketing',
      models: [
        { id: 'qwen-max', images: false, granted: false },
        { id: 'qwen-plus', images: false, granted: true },
      ],
    },
    { name: 'default', id: 'llm-default', models: [{ id: 'qwen-max', images: false, granted: undefined }] },
  ],
};
const initial = initialSettings(info);

test('the page starts with the first workspace, the first wire and a model that was granted', () => {
  expect(initial).toMatchObject({ workspace: 'marketing', wire: 'openai-compatible', model: 'qwen-plus' });
});

test('any model may be the first where grants are not known', () => {
  const workspaces = info.workspaces.slice(1);
  expect(initialSettings({ ...info, workspaces })).toMatchObject({ workspace: 'default', model: 'qwen-max' });
});

test('changing the workspace replaces a model that it was not granted', () => {
  const inDefault = { ...initial, workspace: 'default', model: 'qwen-max' };
  expect(changeSettings(inDefault, { workspace: 'marketing' }, info).model).toBe('qwen-plus');
});

test('a model that was typed in, or chosen with the workspace, is kept', () => {
  expect(changeSettings({ ...initial, model: 'qwen-9' }, { workspace: 'default' }, info).model).toBe(
    'qwen-9',
  );
  expect(changeSettings(initial, { workspace: 'marketing', model: 'qwen-max' }, info).model).toBe('qwen-max');
});

test('thinking is sent only when it was chosen', () => {
  expect(toCallSettings(initial)).not.toHaveProperty('thinking');
  expect(toCallSettings({ ...initial, thinking: 'on' }).thinking).toBe(true);
  expect(toCallSettings({ ...initial, thinking: 'off' }).thinking).toBe(false);
});
