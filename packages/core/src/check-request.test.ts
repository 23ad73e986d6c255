import { expect, test } from 'vitest';
import type { ChatRequest } from './chat-request.ts';
import { checkChatRequest } from './check-request.ts';

const messages = [{ role: 'user', content: 'Who are you?' }];
const call = { type: 'tool-call', id: 'call_1', name: 'weather', arguments: '{}' };
const tool = { name: 'weather' };

function refuse(request: unknown): unknown {
  try {
    checkChatRequest(request as ChatRequest);
  } catch (error) {
    return error;
  }
  return undefined;
}

const user = { role: 'user', content: 'x' };
const marked = { type: 'text', text: 'x', cache: true };

test.each<[field: string, problem: RegExp, request: object]>([
  ['n', /tools/, { n: 2, tools: [tool] }],
  ['maxCompletionTokens', /whole number/, { maxCompletionTokens: 0 }],
  ['thinking.budjet', /budget, effort, preserve/, { thinking: { budjet: 1 } }],
  ['search.freshness', /days/, { search: { freshness: 0.5 } }],
  ['search.sites', /host names/, { search: { sites: 'a.example' } }],
  ['translation.to', /not empty/, { translation: { from: 'auto' } }],
  ['translation.terms', /source, target/, { translation: { to: 'English', terms: [{ source: 'x' }] } }],
  ['messages', /one user message/, { translation: { to: 'English' }, messages: [user, user] }],
  [
    'translation.memory',
    /source, target/,
    { translation: { to: 'English', memory: [{ source: 'x', target: 'y', targt: 'z' }] } },
  ],
  ['tools[0].parameters', /JSON Schema/, { tools: [{ ...tool, parameters: new URL('https://a.test') }] }],
  ['ocr.schema', /an object/, { ocr: { task: 'x', schema: new Date(0) } }],
  ['ocr.task', /not empty/, { ocr: {} }],
  ['audio.voice', /not empty/, { audio: { format: 'wav' } }],
  ['dataInspection.both', /input, output/, { dataInspection: { both: 'cip' } }],
  ['queueMs', /whole seconds/, { queueMs: 1500 }],
  ['messages[1]', /partial: true/, { messages: [user, { role: 'assistant', content: 'And' }] }],
  [
    'messages[1].partial',
    /last message only/,
    { messages: [user, { role: 'assistant', content: 'And', partial: true }, user] },
  ],
  ['messages[0].partial', /not known/, { messages: [{ ...user, partial: true }] }],
  [
    'thinking',
    /partial/,
    { thinking: true, messages: [user, { role: 'assistant', content: 'And', partial: true }] },
  ],
  [
    'messages[1].content[2].cache',
    /4 at most/,
    {
      messages: [
        { role: 'system', content: [marked, marked] },
        { role: 'user', content: [marked, marked, marked] },
      ],
    },
  ],
  [
    'messages[0].content[0].cache.ttl',
    /not empty/,
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cache: {} }] }] },
  ],
  [
    'messages[0].content[0].document',
    /upload/,
    { messages: [{ role: 'user', content: [{ type: 'document', document: './report.pdf' }] }] },
  ],
])('%s: refuses %s beside the rest', (field, problem, members) => {
  const error = refuse({ model: 'm', messages, ...members });
  expect(error).toMatchObject({ kind: 'invalid-request', field });
  expect(String(error)).toMatch(problem);
});

test.each<[field: string, problem: RegExp, request: unknown]>([
  ['request', /object/, 'qwen-plus'],
  ['temprature', /not known.*temperature/, { model: 'm', messages, temprature: 1 }],
  ['model', /model id/, { model: 7, messages }],
  ['model', /model id/, { model: '', messages }],
  ['model', /spaces/, { model: ' qwen-plus', messages }],
  ['messages', /list/, { model: 'm', messages: 'hi' }],
  ['messages', /empty/, { model: 'm', messages: [] }],
  ['messages', /no user message/, { model: 'm', messages: [{ role: 'system', content: 'x' }] }],
  ['messages[0]', /object/, { model: 'm', messages: ['hi'] }],
  ['messages[0].role', /developer/, { model: 'm', messages: [{ role: 'developer', content: 'x' }] }],
  ['messages[0].name', /not known/, { model: 'm', messages: [{ role: 'user', content: 'x', name: 'me' }] }],
  ['messages[0].content', /got null/, { model: 'm', messages: [{ role: 'user', content: null }] }],
  ['messages[0].content', /empty/, { model: 'm', messages: [{ role: 'user', content: [] }] }],
  [
    'messages[0].content[0].type',
    /image_url/,
    { model: 'm', messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
  ],
  [
    'messages[0].content[0].type',
    /image/,
    { model: 'm', messages: [{ role: 'system', content: [{ type: 'image' }] }] },
  ],
  [
    'messages[0].content[0].image',
    /URL/,
    { model: 'm', messages: [{ role: 'user', content: [{ type: 'image', image: './cat.png' }] }] },
  ],
  [
    'messages[0].content[0].video',
    /list/,
    { model: 'm', messages: [{ role: 'user', content: [{ type: 'video', video: [] }] }] },
  ],
  [
    'messages[1].toolCallId',
    /no open call/,
    { model: 'm', messages: [...messages, { role: 'tool', toolCallId: 'call_1', content: 'x' }] },
  ],
  [
    'messages[1].toolCallId',
    /id of the call/,
    { model: 'm', messages: [...messages, { role: 'tool', content: 'x' }] },
  ],
  [
    'messages[1].content[0]',
    /no answer/,
    { model: 'm', messages: [...messages, { role: 'assistant', content: [call] }] },
  ],
  [
    'messages[1].content[0]',
    /no answer/,
    { model: 'm', messages: [...messages, { role: 'assistant', content: [call] }, ...messages] },
  ],
  ['temperature', /below 2, got NaN/, { model: 'm', messages, temperature: Number.NaN }],
  ['temperature', /below 2, got 2/, { model: 'm', messages, temperature: 2 }],
  ['temperature', /got "hot"/, { model: 'm', messages, temperature: 'hot' }],
  ['topP', /above 0/, { model: 'm', messages, topP: 0 }],
  ['topK', /whole/, { model: 'm', messages, topK: 1.5 }],
  ['maxTokens', /from 1/, { model: 'm', messages, maxTokens: 0 }],
  ['seed', /from 0/, { model: 'm', messages, seed: -1 }],
  ['presencePenalty', /-2 to 2/, { model: 'm', messages, presencePenalty: 3 }],
  ['repetitionPenalty', /above 0/, { model: 'm', messages, repetitionPenalty: 0 }],
  ['n', /1 to 4/, { model: 'm', messages, n: 5 }],
  ['stop', /not mixed/, { model: 'm', messages, stop: ['a', 1] }],
  ['toolChoice', /no "required"/, { model: 'm', messages, tools: [tool], toolChoice: 'required' }],
  [
    'toolChoice.name',
    /none of the tools/,
    { model: 'm', messages, tools: [tool], toolChoice: { name: 'wether' } },
  ],
  ['tools', /list/, { model: 'm', messages, tools: {} }],
  ['tools[0].name', /letters/, { model: 'm', messages, tools: [{ name: 'get weather' }] }],
  ['tools[0].name', /keeps for itself/, { model: 'm', messages, tools: [{ name: 'search' }] }],
  ['tools[1].name', /twice/, { model: 'm', messages, tools: [tool, tool] }],
  [
    'tools[0].function',
    /not known/,
    {
      model: 'm',
      messages,
      tools: [{ type: 'function', function: {} }].map(({ function: f }) => ({ name: 'x', function: f })),
    },
  ],
  [
    'tools[0].parameters',
    /cannot print/,
    { model: 'm', messages, tools: [{ name: 'x', parameters: { '~standard': { version: 1 } } }] },
  ],
  ['responseFormat', /word JSON/, { model: 'm', messages, responseFormat: 'json' }],
  ['responseFormat', /"text", "json"/, { model: 'm', messages, responseFormat: 'json_object' }],
  [
    'responseFormat',
    /no JSON Schema.*json_object/,
    { model: 'm', messages, responseFormat: { type: 'json_object' } },
  ],
  ['thinking.budget', /whole number from 1/, { model: 'm', messages, thinking: { budget: 0 } }],
  ['logprobs.top', /0 to 5/, { model: 'm', messages, logprobs: { top: 6 } }],
  ['search.forse', /strategy/, { model: 'm', messages, search: { forse: true } }],
  ['messages[0].role', /constructor/, { model: 'm', messages: [{ role: 'constructor', content: 'x' }] }],
  [
    'messages[0].content[0].fps',
    /0.1 to 10/,
    {
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'video', video: 'https://a.example/v', fps: Number.NaN }] },
      ],
    },
  ],
  [
    'messages[0].content[0].maxPixels',
    /from 1/,
    {
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'image', image: 'https://a.example/i', maxPixels: '9' }] },
      ],
    },
  ],
  ['tools[0].description', /text/, { model: 'm', messages, tools: [{ name: 'f', description: 7 }] }],
  [
    'responseFormat.strict',
    /true or false/,
    { model: 'm', messages, responseFormat: { schema: { type: 'object' }, strict: 'yes' } },
  ],
  ['search.forced', /true or false/, { model: 'm', messages, search: { forced: 'yes' } }],
  ['extra', /object/, { model: 'm', messages, extra: [] }],
])('%s: refuses %s', (field, problem, request) => {
  const error = refuse(request);
  expect(error).toMatchObject({ kind: 'invalid-request', field });
  expect(String(error)).toMatch(problem);
});

test('two calls without ids take two answers', () => {
  const nameless = { ...call, id: '' };
  const answer = { role: 'tool', toolCallId: '', content: 'sun' };
  const turn = [...messages, { role: 'assistant', content: [nameless, nameless] }];
  expect(refuse({ model: 'm', messages: [...turn, answer, answer] })).toBeUndefined();
  expect(refuse({ model: 'm', messages: [...turn, answer] })).toMatchObject({
    field: 'messages[1].content[1]',
  });
});

test('accepts a whole request', () => {
  const request: ChatRequest = {
    model: 'qwen-plus',
    messages: [
      { role: 'system', content: 'Answer in JSON.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Weather?' },
          { type: 'image', image: new Uint8Array([1]) },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: '…' },
          { type: 'tool-call', id: '', name: 'weather', arguments: '{' },
        ],
      },
      { role: 'tool', toolCallId: '', content: 'sun' },
      { role: 'user', content: 'And then?' },
    ],
    temperature: 0,
    topP: 1,
    topK: 0,
    maxTokens: 1,
    seed: 0,
    stop: [[1, 2], [3]],
    presencePenalty: -2,
    repetitionPenalty: 1.1,
    tools: [{ name: 'weather', parameters: { type: 'object' } }],
    toolChoice: 'auto',
    parallelToolCalls: true,
    responseFormat: 'json',
    thinking: false,
    search: { forced: true },
    logprobs: { top: 0 },
    n: 1,
    extra: { anything: [1] },
  };
  expect(refuse(request)).toBeUndefined();
});

const circular: Record<string, unknown> = {};
circular.self = circular;
const unprintable = {
  '~standard': {
    version: 1,
    vendor: 'x',
    validate: (value: unknown) => ({ value }),
    jsonSchema: {
      input: () => {
        throw new Error('A date cannot be represented in JSON Schema');
      },
    },
  },
} as const;

test.each([
  ['a NaN', { extra: { list: [{ top: Number.NaN }] } }, 'extra.list[0].top'],
  ['an infinite number', { extra: { seed: Number.POSITIVE_INFINITY } }, 'extra.seed'],
  ['a big integer', { extra: { seed: 1n } }, 'extra.seed'],
  ['a function', { extra: { call: () => 1 } }, 'extra.call'],
  ['a gap in a list', { extra: { list: [1, undefined] } }, 'extra.list[1]'],
  ['a gap in the stop words', { stop: Object.assign(['x'], { length: 3 }) }, 'stop'],
  ['a gap in the sites', { search: { sites: new Array(2) } }, 'search.sites'],
  ['a map', { extra: { map: new Map() } }, 'extra.map'],
  ['a value that writes itself as nothing', { extra: { x: { toJSON: () => undefined } } }, 'extra.x'],
  ['what holds itself', { extra: circular }, 'extra'],
  [
    'a NaN in a schema',
    { responseFormat: { type: 'number', minimum: Number.NaN } },
    'responseFormat.minimum',
  ],
  ['a NaN in a tool', { tools: [{ name: 'a', parameters: { x: Number.NaN } }] }, 'tools[0].parameters.x'],
  ['a NaN in an OCR schema', { ocr: { task: 'a', schema: { x: Number.NaN } } }, 'ocr.schema.x'],
  ['a schema that fails to print itself', { responseFormat: unprintable }, 'responseFormat'],
  ['what no header can hold', { dataInspection: { input: '杭州' } }, 'dataInspection.input'],
  ['a wait beyond what is exact', { queueMs: 1e300 }, 'queueMs'],
])('%s is refused before it is sent as something else', (_, wrong, field) => {
  expect(refuse({ model: 'm', messages, ...wrong })).toMatchObject({
    kind: 'invalid-request',
    field: expect.stringMatching(new RegExp(`^${field.replace(/[.[\]]/g, '\\$&')}`)),
  });
});

test('what JSON writes by itself, or leaves out, is sent', () => {
  const extra = { at: new Date(0), none: undefined, [Symbol('x')]: 1, nothing: null };
  expect(refuse({ model: 'm', messages, extra })).toBeUndefined();
});
