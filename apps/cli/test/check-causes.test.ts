import type { ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { createWorkspaces } from '@qwire/workspaces';
import { describe, expect, test } from 'vitest';
import { type Answer, type Cause, causes } from './check-causes.fixture.ts';

const wires = [
  { wire: 'openai-compatible', create: (options: ClientOptions) => createOpenAICompatible(options) },
  { wire: 'dashscope', create: (options: ClientOptions) => createDashScope(options) },
] as const;

function answering({ answers, network }: Cause, wire: 'openai-compatible' | 'dashscope') {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(String(input instanceof Request ? input.url : input));
    if (network)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(network), { code: network }) });
    return toResponse(answers?.[wire]);
  };
  return { fetch, urls };
}

function toResponse(
  { status, body, contentType = 'application/json' }: Answer = { status: 200, body: '' },
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: text ? { 'content-type': contentType } : {} });
}

describe.each(wires)('$wire', ({ wire, create }) => {
  test.each(causes)('$name is the one verdict $verdict', async (cause) => {
    const { fetch, urls } = answering(cause, wire);
    const studio = createWorkspaces({
      wire: create,
      fetch,
      workspaces: { one: { apiKey: cause.apiKey ?? 'sk-good', baseURL: 'https://gateway.example' } },
    });
    const report = await studio.check({ confirm: true });
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding).toMatchObject({ workspace: 'one', model: 'qwen-plus', verdict: cause.verdict });
    expect(report.ok).toBe(false);
    expect(urls.length).toBe(
      cause.answers
        ? cause.name.includes('native path') && wire === 'dashscope'
          ? 2
          : 1
        : cause.network
          ? 1
          : 0,
    );
    expect(JSON.stringify(report)).not.toMatch(/sk-good|sk-sp-good|4f\*/);
    if (finding?.standing === 'wrong')
      expect([finding.step, finding.who]).toEqual([expect.any(String), expect.any(String)]);
  });
});
