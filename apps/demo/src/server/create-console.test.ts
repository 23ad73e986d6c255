import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createFakeClient, type FakeAnswer, type FakeClient, helloAnswer } from '../../test/fake-client.ts';
import { type Console, createConsole } from './create-console.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function open(answer: FakeAnswer = helloAnswer): Console & { readonly client: FakeClient } {
  const client = createFakeClient('dashscope', answer);
  const app = createConsole({ service: 'A fake', workspaces: [{ name: 'marketing', clients: [client] }] });
  closers.push(() => app.close());
  return { ...app, client };
}

function send(url: string): Promise<Response> {
  return fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      workspace: 'marketing',
      wire: 'dashscope',
      model: 'qwen-plus',
      messages: [{ role: 'user', content: 'Hello' }],
    }),
  });
}

test('the page, its files and an answer are served on this machine only', async () => {
  const url = await open().listen({ port: 0 });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const page = await fetch(url);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
  const asset = await fetch(`${url}${script}`);
  expect(asset.headers.get('content-type')).toContain('javascript');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(await (await send(url)).text()).toContain('"text":"there."');
});

test('a busy port gives way to a free one', async () => {
  const other = createServer();
  const busy = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  closers.push(() => new Promise((resolve) => other.close(resolve)));
  const url = await open().listen({ port: busy });
  expect(Number(new URL(url).port)).not.toBe(busy);
  expect((await fetch(url)).status).toBe(200);
});

test('closing ends the answers that are under way', async () => {
  const app = open([{ type: 'text-delta', text: 'Hel' }, 'hang']);
  const url = await app.listen({ port: 0 });
  const response = await send(url);
  const reader = response.body?.getReader();
  await reader?.read();
  await app.close();
  const rest = (async () => {
    while (!(await reader?.read())?.done);
  })();
  await rest.catch(() => {});
  await expect.poll(() => app.client.signals[0]?.aborted).toBe(true);
  await expect(fetch(url)).rejects.toThrow();
});

test('a console without workspaces cannot be made', () => {
  expect(() => createConsole({ service: 'A fake', workspaces: [] })).toThrow('workspaces');
});
