import { expect, test } from 'vitest';
import { createFakeService } from './fake-service.fixture.ts';
import { type RepairOptions, repairRequests } from './repair-requests.ts';

const hi = [{ role: 'user', content: 'Hi' }] as const;
const context = { options: { maxRetries: 0 }, wire: 'fake', workspace: 'llm-1' };

test.each([
  [{ stirct: true }, 'stirct: is not known here. Known: catalog, strict'],
  [{ strict: 'yes' }, 'strict: must be true or false'],
  [{ catalog: [] }, 'catalog: must be what createCatalog() returns'],
  [null, 'options: must be an object'],
])('options with a mistake are refused: %j', (options, message) => {
  const create = () => repairRequests(options as unknown as RepairOptions);
  expect(create).toThrow(message);
  expect(create).toThrow(expect.objectContaining({ kind: 'configuration' }));
});

test('a call that needs no repair is passed on as it is, and so is its result', async () => {
  const { calls, next } = createFakeService();
  const call = { operation: 'stream', request: { model: 'qwen-plus', messages: hi }, ...context } as const;
  const seen: unknown[] = [];
  const result = await repairRequests()(async (inner) => {
    const answer = await next(inner);
    seen.push(answer);
    return answer;
  })(call);
  expect(calls[0]).toBe(call);
  expect(result).toBe(seen[0]);
});

test('a call that is repaired keeps its options, and its request stays as the caller wrote it', async () => {
  const { calls, next } = createFakeService();
  const request = Object.freeze({ model: 'qwen-max', messages: hi, maxTokens: 9_000 });
  await repairRequests()(next)({ operation: 'chat', request, ...context });
  expect(calls).toEqual([{ operation: 'chat', request: { ...request, maxTokens: 8_192 }, ...context }]);
  expect(request.maxTokens).toBe(9_000);
});

test("warnings stand before the wire's own, those of a stream once it has ended", async () => {
  const { next } = createFakeService();
  const request = { model: 'qwen-max', messages: hi, maxTokens: 9_000 };
  const result = await repairRequests()(next)({ operation: 'stream', request, ...context });
  if (result.operation !== 'stream') throw new Error('no stream');
  const fields = result.rest().warnings.map(({ field }) => field);
  expect(fields).toEqual(['maxTokens', 'search']);
  expect(result.rest().raw).toBe('last frame');
});
