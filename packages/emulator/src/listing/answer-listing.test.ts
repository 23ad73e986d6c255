import { expect, test } from 'vitest';
import { createEmulator } from '../create-emulator.ts';
import { sampleConfig } from '../sample-config.ts';

const emulator = createEmulator(sampleConfig);

async function get(path: string, key = 'sk-marketing') {
  const headers = { authorization: `Bearer ${key}` };
  const response = await emulator.fetch(`http://emulator.test${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

test('the compatible wire lists what the workspace was granted', async () => {
  const { status, body } = await get('/compatible-mode/v1/models');
  expect([status, body.object]).toEqual([200, 'list']);
  expect(body.data[0]).toEqual({
    id: 'qwen-plus',
    object: 'model',
    created: expect.any(Number),
    owned_by: 'system',
  });
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([
    'qwen-plus',
    'qwen3-vl-plus',
    'qwen3-vl-flash',
  ]);
});

test('the native wire lists page by page', async () => {
  const { body } = await get('/api/v1/models?page_no=2&page_size=2');
  expect(body).toMatchObject({ output: { total: 3, page_no: 2, page_size: 2 } });
  expect(body.output.models).toEqual([
    {
      model: 'qwen3-vl-flash',
      name: 'qwen3-vl-flash',
      model_info: { context_window: 292_864, max_input_tokens: 260_096, max_output_tokens: 32_768 },
    },
  ]);
});

test('a model that is not there is a native listing of nothing', async () => {
  const { status, body } = await get('/api/v1/models?model=qwen-max');
  expect([status, body.output.total, body.output.models]).toEqual([200, 0, []]);
});

test.each([
  ['/compatible-mode/v1/models', 'sk-wrong', 401, 'invalid_api_key'],
  ['/api/v1/models', 'sk-wrong', 401, 'InvalidApiKey'],
  ['/api/v1/models?page_no=0', 'sk-marketing', 400, 'InvalidParameter'],
])('%s with the key %s is refused with %i %s', async (path, key, expected, code) => {
  const { status, body } = await get(path, key);
  expect([status, body.code ?? body.error.code]).toEqual([expected, code]);
});

test('a listing is not on the bill', async () => {
  emulator.reset();
  await get('/api/v1/models');
  expect([emulator.bill(), emulator.usage()]).toEqual([[], []]);
  expect(emulator.requests).toMatchObject([{ path: '/api/v1/models', status: 200, outcome: 'finished' }]);
});
