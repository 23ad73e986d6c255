import { expect, test } from 'vitest';
import { createStreamReader } from './read-stream.ts';

test('says what usage frames have brought so far', () => {
  const reader = createStreamReader({
    request: { model: 'qwen-plus', messages: [] },
    head: { status: 200, headers: new Headers() },
    emit: () => {},
  });
  const read = (data: object) =>
    reader.read({ event: '', id: '', comments: [], otherFields: [], data: JSON.stringify(data) });
  read({ choices: [{ delta: { content: 'I am' }, finish_reason: null }], usage: null });
  expect(reader.usage).toBeUndefined();
  read({ choices: [], usage: { prompt_tokens: 22, completion_tokens: 2, total_tokens: 24 } });
  expect(reader.usage).toMatchObject({ inputTokens: 22, outputTokens: 2 });
});
