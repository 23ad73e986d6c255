import { scenarioSchema } from '../src/case-schema.ts';
import type { ConformanceCase, LoadedReply } from '../src/load-cases.ts';

export const sampleURL = 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions';

/** A chat case that expects nothing but a completed call; members given replace its own. */
export function sampleCase(members: Partial<ConformanceCase> = {}): ConformanceCase {
  const { call } = scenarioSchema.shape;
  return {
    id: 'openai-compatible/sample/chat',
    behavior: 'sample/chat',
    wireFormat: 'openai-compatible',
    title: 'A sample',
    level: 'must',
    status: 'stable',
    provenance: 'synthetic',
    bytes: 'authored',
    sources: [],
    requires: [],
    carriers: ['intercept', 'loopback'],
    call: call.parse({ operation: 'chat', request: { model: 'qwen-plus' } }),
    exchanges: [{ request: sampleCheck(), reply: sampleReply() }],
    expect: { ended: 'completed', response: { text: 'Hello' } },
    overrides: [],
    alsoAllowed: [],
    guards: [],
    ...members,
  };
}

export function sampleCheck(): ConformanceCase['exchanges'][number]['request'] {
  return {
    method: 'POST',
    url: sampleURL,
    headers: {},
    requireHeaders: [],
    forbidHeaders: [],
    bodyMatch: 'exact',
    forbidBodyPaths: [],
  };
}

export function sampleReply(text = '{"choices":[]}'): LoadedReply {
  return {
    kind: 'http',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(text),
    bodyFile: undefined,
    delivery: { split: 'whole', end: 'close' },
  };
}
