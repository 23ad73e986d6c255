import { expect, test } from 'vitest';
import { Limiter } from './limiter.ts';

const workspace = {
  id: 'llm-a',
  apiKeys: ['sk-a'],
  models: '*' as const,
  limits: [{ models: ['qwen-plus'], requests: 2, tokens: 100, windowMs: 1000 }],
};

test('lets as many requests in as the window allows, and more when it has moved on', () => {
  const limiter = new Limiter();
  limiter.enter(workspace, 'qwen-plus', 0);
  limiter.enter(workspace, 'qwen-plus', 500);
  expect(() => limiter.enter(workspace, 'qwen-plus', 999)).toThrow('Requests rate limit exceeded');
  expect(() => limiter.enter(workspace, 'qwen-plus', 1000)).not.toThrow();
});

test('refuses once the tokens of the window are used', () => {
  const limiter = new Limiter();
  limiter.enter(workspace, 'qwen-plus', 0)(100);
  expect(() => limiter.enter(workspace, 'qwen-plus', 1)).toThrow('Allocated quota exceeded');
});

test('leaves other models alone', () => {
  const limiter = new Limiter();
  for (const at of [0, 1, 2]) limiter.enter(workspace, 'qwen-max', at)(1000);
  expect(() => limiter.enter(workspace, 'qwen-max', 3)).not.toThrow();
});
