import { expect, test } from 'vitest';
import type { ChatBody, ConsoleEvent } from '../../shared/console-api.ts';
import { sendChat } from './send-chat.ts';

const body: ChatBody = {
  workspace: 'marketing',
  wire: 'dashscope',
  model: 'qwen-plus',
  messages: [{ role: 'user', content: 'Hello' }],
};

async function send(response: () => Response, signal = new AbortController().signal) {
  const events: ConsoleEvent[] = [];
  for await (const event of sendChat(body, { signal, fetch: async () => response() })) events.push(event);
  return events;
}

const end = { type: 'chat-end' };

test('the lines of an answer are passed on', async () => {
  const text = { type: 'text-delta', text: 'Hi' };
  const lines = `${JSON.stringify(text)}\n${JSON.stringify(end)}\n`;
  expect(await send(() => new Response(lines))).toEqual([text, end]);
});

test('a refusal carries the status of its response', async () => {
  const error = { kind: 'invalid-request', message: 'model: must name a model', retryable: false };
  const events = await send(() => Response.json({ error }, { status: 400 }));
  expect(events).toEqual([{ type: 'error', error: { ...error, status: 400 } }]);
});

test('a response that says nothing is named by its status', async () => {
  const [event] = await send(() => new Response('<html>', { status: 502 }));
  expect(event).toMatchObject({ error: { kind: 'invalid-response', status: 502 } });
});

test('an answer that breaks off is an error', async () => {
  for (const cut of ['', '{"type":"text-delta","text":"H"}\n', '{"type":"te']) {
    const events = await send(() => new Response(cut));
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { kind: 'connection', retryable: true } });
  }
});

test('stopping is no error', async () => {
  const controller = new AbortController();
  controller.abort();
  const fail = (): never => {
    throw new DOMException('stopped', 'AbortError');
  };
  expect(await send(fail, controller.signal)).toEqual([]);
});
