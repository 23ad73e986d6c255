import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Client, ClientOptions } from '@qwire/core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

/** The packages as they are published, each in a folder of a page's own host. */
const packages = ['core', 'dashscope', 'openai-compatible'];
const imports = {
  ...Object.fromEntries(packages.map((name) => [`@qwire/${name}`, `/${name}/index.js`])),
  '@qwire/core/adapter-kit': '/core/adapter-kit.js',
};
const html = `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module">
  import { createDashScope } from '@qwire/dashscope';
  import { createOpenAICompatible } from '@qwire/openai-compatible';
  globalThis.factories = [createDashScope, createOpenAICompatible];
</script>`;
const origin = 'http://127.0.0.1:9';
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(process.env), args: ['--no-sandbox'] });
  page = await browser.newPage();
  await page.route(`${origin}/**`, async (route) => {
    const [, name = '', file = ''] = new URL(route.request().url()).pathname.split('/');
    if (!packages.includes(name)) {
      return route.fulfill({ contentType: 'text/html', body: html });
    }
    const entry = new URL(import.meta.resolve(`@qwire/${name}`));
    return route.fulfill({
      contentType: 'text/javascript',
      body: await readFile(fileURLToPath(new URL(file, entry)), 'utf8'),
    });
  });
  await page.goto(origin);
  await page.waitForFunction(() => 'factories' in globalThis);
});

afterAll(() => browser?.close());

interface InPage {
  readonly factories: readonly ((options: ClientOptions) => Client)[];
}

/** What becomes of a client in the page, which is answered without a network. */
function callInPage(options: { readonly dangerouslyAllowBrowser?: boolean }): Promise<unknown> {
  return page.evaluate(async (given) => {
    const outcomes: unknown[] = [];
    for (const create of (globalThis as unknown as InPage).factories) {
      const message = { role: 'assistant', content: 'Hello.' };
      const choices = [{ index: 0, finish_reason: 'stop', message }];
      const fetch = async () => Response.json({ choices, output: { choices } });
      try {
        const client = create({
          apiKey: 'sk-0123456789',
          region: 'singapore',
          fetch,
          ...given,
        });
        const { text } = await client.chat({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
        outcomes.push(text);
      } catch (error) {
        outcomes.push(JSON.parse(JSON.stringify(error)));
      }
    }
    return outcomes;
  }, options);
}

test('a page is refused a client, which says what would allow it', async () => {
  const refusal = expect.objectContaining({ kind: 'configuration', field: 'dangerouslyAllowBrowser' });
  expect(await callInPage({})).toEqual([refusal, refusal]);
});

test('a page that asks for it by name has a client that works', async () => {
  expect(await callInPage({ dangerouslyAllowBrowser: true })).toEqual(['Hello.', 'Hello.']);
});
