import { expect, test } from 'vitest';
import { findRoute } from './route.ts';
import type { NamedWorkspace } from './workspace-options.ts';

const workspaces: readonly NamedWorkspace[] = [
  { name: 'default', region: undefined, tags: {} },
  { name: 'ads', region: undefined, models: ['qwen-plus', 'qwen3-vl-*'], tags: { team: 'ads', env: 'prod' } },
  { name: 'ads-test', region: undefined, models: ['qwen-plus'], tags: { team: 'ads', env: 'test' } },
  { name: 'lab', region: undefined, models: ['qwen3-coder-plus'], tags: { team: 'lab' } },
  { name: 'research', region: undefined, models: ['qwen-max', 'qwen3-*'], tags: { team: 'research' } },
];

test.each([
  [{ model: 'qwen-max' }, 'research'],
  [{ model: 'qwen-turbo' }, 'default'],
  [{ model: 'qwen3-max' }, 'research'],
  [{ model: 'qwen3-coder-plus' }, 'lab'],
  [{ model: 'qwen-plus', tags: { env: 'test' } }, 'ads-test'],
  [{ model: 'qwen3-vl-plus', tags: { team: 'ads' } }, 'ads'],
])('%j leads to %s', (query, name) => {
  expect(findRoute(query, workspaces).name).toBe(name);
  expect(findRoute(query, [...workspaces].reverse()).name).toBe(name);
});

test('two that name the model equally are not chosen between', () => {
  expect(() => findRoute({ model: 'qwen-plus' }, workspaces)).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'tags',
      message:
        'Several workspaces may call "qwen-plus": "ads" (team=ads, env=prod), "ads-test" (team=ads, env=test)',
    }),
  );
});

test('a model that none of them may call says who was asked', () => {
  expect(() => findRoute({ model: 'qwen-max', tags: { team: 'ads' } }, workspaces)).toThrow(
    expect.objectContaining({
      kind: 'permission-denied',
      message: 'No workspace may call "qwen-max"; these were asked: "ads", "ads-test"',
    }),
  );
});

test('tags that no workspace has are answered with those that there are', () => {
  expect(() => findRoute({ model: 'qwen-plus', tags: { team: 'sales' } }, workspaces)).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      message: 'No workspace has the tags team=sales',
      hint: expect.stringContaining('team=research'),
    }),
  );
});

test.each([[{}], [{ model: '' }], [{ model: 'a', tag: {} }], [{ model: 'a', tags: 'x' }]])(
  'the query %j is refused',
  (query) => {
    expect(() => findRoute(query as never, workspaces)).toThrow(
      expect.objectContaining({ kind: 'configuration' }),
    );
  },
);
