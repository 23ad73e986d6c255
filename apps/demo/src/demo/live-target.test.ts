import { expect, test } from 'vitest';
import { openLiveTarget } from './live-target.ts';

test('every variable that is missing is named', () => {
  expect(() => openLiveTarget({})).toThrow(/DASHSCOPE_API_KEY.*DASHSCOPE_API_REGION/);
  expect(() => openLiveTarget({ DASHSCOPE_API_KEY: 'sk-x', DASHSCOPE_API_REGION: ' ' })).toThrow(
    /^--live needs DASHSCOPE_API_REGION/,
  );
});

test('a region that does not exist is named, the key is not', () => {
  const environment = { DASHSCOPE_API_KEY: 'sk-x', DASHSCOPE_API_REGION: 'atlantis' };
  expect(() => openLiveTarget(environment)).toThrow('DASHSCOPE_API_REGION: there is no region atlantis');
  expect(() => openLiveTarget(environment)).not.toThrow('sk-x');
});

test('one workspace is called over both wires, and its grants are not known', () => {
  const { workspaces } = openLiveTarget({
    DASHSCOPE_API_KEY: 'sk-x',
    DASHSCOPE_API_REGION: 'singapore',
    DASHSCOPE_WORKSPACE: 'llm-x',
  });
  expect(workspaces).toMatchObject([
    { name: 'llm-x', id: 'llm-x', clients: [{ wire: 'openai-compatible' }, { wire: 'dashscope' }] },
  ]);
  expect(workspaces[0]?.granted).toBeUndefined();
});
