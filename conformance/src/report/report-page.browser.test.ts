import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCase, sampleCheck, sampleReply } from '../../self-check/sample-case.ts';
import { hostileReport, hostileText, sampleReport, sampleResult } from '../../self-check/sample-report.ts';
import { htmlReport } from './html.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Path of the browser: `CHROMIUM_PATH`, else the one on `PATH`. */
function findChromium({ CHROMIUM_PATH, PATH = '' } = process.env): string {
  const candidates = PATH.split(delimiter).map((at) => join(at, 'chromium'));
  const found = [CHROMIUM_PATH, ...candidates].find((path) => path && isExecutable(path));
  if (found) return found;
  throw new Error(
    'No Chromium on PATH. Install one (Debian: apt-get install chromium), or name it in CHROMIUM_PATH.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The page as a reader opens it, from a file; whatever it complains about, or asks a network for, is kept. */
async function openPage(
  html: string,
  { hash = '', ...options }: BrowserContextOptions & { hash?: string } = {},
) {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const page = await (await browser.newContext(options)).newPage();
  const trouble: string[] = [];
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('request', (request) => request.url().startsWith('file:') || trouble.push(request.url()));
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  return { page, trouble };
}

const behaviors = ['errors/one', 'errors/two', 'stream/three'];
const clients = ['first', 'second', 'third'];

/** Three behaviors and three clients, of which the second fails in the second behavior, over loopback. */
function ordinaryPage(): string {
  const reply = sampleReply('data: ä\r\n\r\ndata: [DONE]\n\n');
  const cases = behaviors.map((behavior) =>
    sampleCase({
      id: `openai-compatible/${behavior}`,
      behavior,
      title: `Behavior ${behavior}`,
      sources: [{ source: 'page', section: 'Samples', supports: 'reply' }],
      exchanges: [{ request: sampleCheck(), reply }],
    }),
  );
  const results = cases.flatMap(({ id, behavior, title }) =>
    clients.flatMap((client) =>
      (['intercept', 'loopback'] as const).map((carrier) => {
        const fails = client === 'second' && behavior === 'errors/two' && carrier === 'loopback';
        const result = sampleResult({ case: id, behavior, title, client, carrier });
        const [request] = result.requests;
        const chunks = [
          { bytes: 7, atMs: 0 },
          { bytes: 19, atMs: 12 },
        ];
        return {
          ...result,
          ...(request && { requests: [{ ...request, reply: { state: 'finished', chunks } }] }),
          ...(fails && {
            verdict: 'fail' as const,
            differences: [{ path: 'response.text', expected: 'Hello', actual: 'Bye' }],
          }),
        };
      }),
    ),
  );
  const report = sampleReport({
    results,
    clients: clients.map((name) => ({ name, version: '1.0.0', wireFormat: 'openai-compatible' })),
  });
  return htmlReport(report, {
    cases,
    behaviors: new Map(cases.map(({ behavior, title }) => [behavior, title])),
  });
}

async function shownBehaviors(page: Page): Promise<string[]> {
  return page.locator('tbody th[scope=row] code').allTextContents();
}

test('hostile text is shown as text, and nothing in it runs or is fetched', async () => {
  const { report, index } = hostileReport();
  const { page, trouble } = await openPage(htmlReport(report, index));
  await page.locator('td button').click();
  await page.getByText('What the client is told to do').waitFor();
  expect(await page.title()).toBe('Conformance report');
  expect(await page.locator('img, iframe, dialog script').count()).toBe(0);
  expect(await page.locator('#dialog-body a').count()).toBe(0);
  const visible = hostileText.slice(0, hostileText.indexOf(' \u2028'));
  expect(await page.locator('#dialog-title').textContent()).toContain(visible);
  expect(await page.locator('.chunks').textContent()).toContain(`${visible} \\u2028 \\u202E \\u0000`);
  expect(trouble).toEqual([]);
});

test('a cell opens the exchange with its bytes, its times, the difference and the source', async () => {
  const { page, trouble } = await openPage(ordinaryPage());
  await page.getByRole('button', { name: 'errors/two, second: FAIL (loopback)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Behavior errors/two' });
  expect(await dialog.locator('.difference').innerText()).toMatch(
    /response\.text\s+expected\s+Hello\s+got\s+Bye/,
  );
  expect(await dialog.locator('.chunks li').allInnerTexts()).toEqual([
    expect.stringMatching(/^\+0 ms\s*7 B\s*data: \\xC3$/),
    expect.stringMatching(/^\+12 ms\s*19 B\s*\\xA4\\r\s+\\r\s+data: \[DONE\]/),
  ]);
  const source = dialog.getByRole('link', { name: 'Samples' });
  expect(await source.getAttribute('href')).toBe('https://example.com/samples');
  expect(await dialog.innerText()).toContain('read on 2026-11-22');
  await dialog.getByRole('button', { name: 'intercept: pass' }).click();
  expect(await dialog.locator('.difference').count()).toBe(0);
  expect(trouble).toEqual([]);
});

test('filters show what they name, and the page address keeps them', async () => {
  const { page } = await openPage(ordinaryPage());
  await page.getByRole('button', { name: '✗ FAIL 1' }).click();
  expect(await shownBehaviors(page)).toEqual(['errors/two']);
  const { hash } = new URL(page.url());
  const { page: again } = await openPage(ordinaryPage(), { hash });
  expect(await shownBehaviors(again)).toEqual(['errors/two']);
  await again.getByLabel('Search behaviors').fill('three');
  expect(await shownBehaviors(again)).toEqual([]);
  await again.getByRole('button', { name: 'Show everything' }).click();
  expect(await shownBehaviors(again)).toEqual(behaviors);
  await again.getByLabel('Group').selectOption('stream');
  expect(await shownBehaviors(again)).toEqual(['stream/three']);
});

test('everything can be reached by keyboard, and leaving the exchange returns to its cell', async () => {
  const { page } = await openPage(ordinaryPage());
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('errors/one, first: pass');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('errors/two, second: FAIL (loopback)');
  // Over the row that begins a group, which has no cells to choose.
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('stream/three, second: pass');
  await page.keyboard.press('Enter');
  await page.keyboard.press('k');
  expect(await page.locator('#dialog-case').textContent()).toBe('openai-compatible/errors/two');
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('stream/three, second: pass');
  await page.keyboard.press('/');
  expect(await focused()).toBe('Search behaviors');
});

test.each(['light', 'dark'] as const)(
  'on a phone nothing is wider than the screen, in %s',
  async (colorScheme) => {
    const { page } = await openPage(ordinaryPage(), { viewport: { width: 360, height: 740 }, colorScheme });
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(await tooWide()).toBe(false);
    await page.getByRole('button', { name: 'errors/two, second' }).click();
    expect(await tooWide()).toBe(false);
    expect(await page.locator('#dialog-body').evaluate((body) => body.scrollWidth > body.clientWidth)).toBe(
      false,
    );
  },
);
