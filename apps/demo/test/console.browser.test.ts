import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmulatorTarget, openEmulatorTarget } from '../src/demo/emulator-target.ts';
import { type Console, createConsole } from '../src/server/create-console.ts';
import { findChromium } from './find-chromium.ts';

const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const phone = { width: 390, height: 844 };
const hello = 'I am Qwen, a large language model made by Alibaba Cloud.';

let target: EmulatorTarget;
let app: Console;
let url: string;
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(process.env), args: launchArguments });
  // Slow enough to be seen coming in.
  target = await openEmulatorTarget({ port: 0, frameDelayMs: 100 });
  app = createConsole(target);
  url = await app.listen({ port: 0 });
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await target?.close();
});

/** A new page with an empty conversation; whatever the browser complains about fails the test. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text());
  });
  complaints.length = 0;
  await page.goto(url);
  await page.getByRole('heading', { name: 'Any workspace, either wire' }).waitFor();
  return page;
}
const complaints: string[] = [];

async function close(page: Page): Promise<void> {
  expect(complaints).toEqual([]);
  await page.context().close();
}

const messageField = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const sendButton = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
const stopButton = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true });
const fact = (page: Page, name: string) =>
  page
    .locator('.fact')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

test.each([
  ['OpenAI-compatible', 'openai-compatible'],
  ['DashScope', 'dashscope'],
] as const)('an answer over the %s wire streams in, with usage and request id', async (label, wire) => {
  const page = await openPage();
  await page.getByRole('radio', { name: label }).check();
  await messageField(page).fill('Who are you?');
  await messageField(page).press('Enter');

  const answer = page.locator('.markdown');
  await answer.waitFor();
  const early = await answer.innerText();
  expect(hello.startsWith(early)).toBe(true);
  expect(early).not.toBe(hello);
  expect(await stopButton(page).isVisible()).toBe(true);

  await sendButton(page).waitFor();
  expect(await answer.innerText()).toBe(hello);
  const record = target.emulator.requests.at(-1);
  expect(record).toMatchObject({ wire, workspace: 'llm-marketing', model: 'qwen-plus', stream: true });
  expect(await fact(page, 'Request id').locator('code').innerText()).toBe(record?.requestId);
  const { inputTokens, outputTokens } = record?.usage ?? {};
  expect(await fact(page, 'Tokens').innerText()).toBe(`${inputTokens} in, ${outputTokens} out`);
  expect(await fact(page, 'Finish').innerText()).toBe('Complete');
  expect(await fact(page, 'First event').innerText()).toMatch(/^\d+ ms$/);
  expect(await page.locator('.call-head').innerText()).toContain(label);
  await close(page);
});

test.each(['OpenAI-compatible', 'DashScope'])(
  'a model that was not granted is one click away from its refusal, over the %s wire',
  async (label) => {
    const page = await openPage();
    await page.getByRole('radio', { name: label }).check();
    await page.getByRole('button', { name: 'Try qwen-max, which is not granted' }).click();
    const error = page.getByRole('alert');
    await error.waitFor();
    const text = await error.innerText();
    expect(text).toContain('Not allowed in this workspace');
    expect(text).toMatch(/What to do\s+.*grant/);
    expect(await fact(page, 'Kind').innerText()).toBe('permission-denied');
    expect(await fact(page, 'Code').innerText()).toBe('Model.AccessDenied');
    expect(await fact(page, 'Status').innerText()).toBe('403');
    expect(await fact(page, 'Retryable').innerText()).toBe('no');
    expect(await fact(page, 'Request id').locator('code').innerText()).toBe(
      target.emulator.requests.at(-1)?.requestId,
    );

    await page.getByRole('button', { name: 'Send again with qwen-plus' }).click();
    await page.getByText(hello).waitFor();
    await sendButton(page).waitFor();
    await close(page);
  },
);

test('another workspace may call it', async () => {
  const page = await openPage();
  await page.getByRole('radio', { name: /^default/ }).check();
  expect(await page.getByText('Not granted to').count()).toBe(0);
  await page.getByRole('radio', { name: 'qwen-max' }).check();
  await messageField(page).fill('Who are you?');
  await sendButton(page).click();
  await page.getByText(hello).waitFor();
  await sendButton(page).waitFor();
  expect(target.emulator.requests.at(-1)).toMatchObject({ workspace: 'llm-default', model: 'qwen-max' });
  await close(page);
});

test('a tool call, its result and the answer that follows are shown', async () => {
  const page = await openPage();
  await page.getByRole('radio', { name: 'DashScope' }).check();
  await page.getByRole('button', { name: /Call a tool/ }).click();
  await sendButton(page).waitFor();
  const call = await page.getByRole('region', { name: 'Tool call get_weather' }).innerText();
  expect(call).toContain('{"city":"Singapore"}');
  expect(call).toContain('"condition":"light rain"');
  expect(await page.locator('.markdown').innerText()).toContain('29 °C in Singapore');
  expect(await fact(page, 'Finish').allInnerTexts()).toEqual(['Tool calls', 'Complete']);
  await close(page);
});

test('reasoning is shown apart and can be folded', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: /Think first/ }).click();
  await sendButton(page).waitFor();
  const reasoning = page.getByText('so the digits after the point decide');
  expect(await reasoning.isVisible()).toBe(true);
  await page.getByText('Thought first').click();
  expect(await reasoning.isVisible()).toBe(false);
  expect(await fact(page, 'Tokens').innerText()).toMatch(/\d+ in, \d+ out \(\d+ thinking\)/);
  await close(page);
});

test('the conversation is repeated in each request until it is cleared', async () => {
  const page = await openPage();
  const roles = () => {
    const body = target.emulator.requests.at(-1)?.body as { messages: { role: string }[] } | undefined;
    return body?.messages.map(({ role }) => role);
  };
  for (const expected of [['user'], ['user', 'assistant', 'user']]) {
    await messageField(page).fill('Who are you?');
    await messageField(page).press('Enter');
    await stopButton(page).waitFor();
    await sendButton(page).waitFor();
    expect(roles()).toEqual(expected);
  }
  await page.getByRole('button', { name: 'Clear the conversation' }).click();
  await page.getByRole('button', { name: /Say hello/ }).click();
  await sendButton(page).waitFor();
  expect(roles()).toEqual(['user']);
  await close(page);
});

test('Escape stops the answer, and the call to the service with it', async () => {
  const page = await openPage();
  await messageField(page).fill('word '.repeat(300));
  await messageField(page).press('Enter');
  await page.locator('.markdown').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Stopped.', { exact: true }).waitFor();
  await sendButton(page).waitFor();
  await expect.poll(() => target.emulator.requests.at(-1)?.outcome).toBe('cancelled');
  await close(page);
});

test('the focus is in the message field after the buttons that stop and clear', async () => {
  const page = await openPage();
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  await messageField(page).fill('Who are you?');
  await messageField(page).press('Enter');
  await stopButton(page).click();
  await sendButton(page).waitFor();
  expect(await focused()).toBe('TEXTAREA');
  await page.getByRole('button', { name: 'Clear the conversation' }).click();
  expect(await focused()).toBe('TEXTAREA');
  await close(page);
});

test('the empty page of a small phone begins at its heading', async () => {
  const page = await openPage({ viewport: { width: 360, height: 500 } });
  const top = await page.evaluate(() => document.querySelector('.conversation-scroll')?.scrollTop);
  expect(top).toBe(0);
  await close(page);
});

test('Shift and Enter write a new line', async () => {
  const page = await openPage();
  await messageField(page).pressSequentially('one');
  await messageField(page).press('Shift+Enter');
  await messageField(page).pressSequentially('two');
  expect(await messageField(page).inputValue()).toBe('one\ntwo');
  await close(page);
});

test('a picture reaches a vision model', async () => {
  const page = await openPage();
  await page.getByRole('radio', { name: 'qwen3-vl-plus' }).check();
  const buffer = await page.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } });
  await page.setInputFiles('input[type=file]', { name: 'corner.png', mimeType: 'image/png', buffer });
  await page.getByRole('button', { name: 'Remove image' }).waitFor();
  await messageField(page).fill('What is this?');
  await sendButton(page).click();
  await page.getByText('I received 1 image.').waitFor();
  await close(page);
});

test('a phone shows everything without scrolling sideways, and settings in a dialog', async () => {
  const page = await openPage({ viewport: phone, hasTouch: true });
  const overflow = () =>
    page.evaluate(() => {
      const widths = [document.documentElement, ...document.querySelectorAll('.conversation-scroll, dialog')];
      return widths.filter((element) => element.scrollWidth > element.clientWidth).length;
    });
  expect(await overflow()).toBe(0);
  await page.getByRole('button', { name: /Change settings/ }).tap();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('radio', { name: 'DashScope' }).check();
  expect(await overflow()).toBe(0);
  await dialog.getByRole('button', { name: /Try qwen-max/ }).tap();
  await page.getByRole('alert').waitFor();
  expect(await dialog.isVisible()).toBe(false);
  expect(await overflow()).toBe(0);
  await messageField(page).fill(`${'long'.repeat(100)} ${'| cell '.repeat(30)}`);
  await sendButton(page).tap();
  await page.locator('.markdown').waitFor();
  expect(await overflow()).toBe(0);
  await close(page);
});

test('colors follow the system until they are chosen, and the choice is kept', async () => {
  const page = await openPage({ colorScheme: 'dark' });
  const lightness = () =>
    page.evaluate(() => {
      const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
      return red < 128 ? 'dark' : 'light';
    });
  expect(await lightness()).toBe('dark');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  expect(await lightness()).toBe('light');
  await page.reload();
  await page.getByRole('button', { name: 'Theme: light' }).waitFor();
  expect(await lightness()).toBe('light');
  await close(page);
});

test('no response to the page holds a key', async () => {
  const page = await openPage();
  const responses: string[] = [];
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    responses.push(`${JSON.stringify(response.headersArray())}\n${body}`);
    await route.fulfill({ response, body });
  });
  await page.reload();
  await page.getByRole('button', { name: /Say hello/ }).click();
  await sendButton(page).waitFor();
  await page.getByRole('button', { name: /Try qwen-max/ }).click();
  await page.getByRole('alert').waitFor();
  await sendButton(page).waitFor();
  const countWith = (text: string) => responses.filter((response) => response.includes(text)).length;
  expect(countWith('Model.AccessDenied')).toBe(1);
  expect(countWith('llm-marketing')).toBeGreaterThan(0);
  for (const key of ['sk-marketing', 'sk-default']) expect(countWith(key)).toBe(0);
  await close(page);
});
