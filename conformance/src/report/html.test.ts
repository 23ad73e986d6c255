import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { sampleCase, sampleCheck, sampleReply } from '../../self-check/sample-case.ts';
import { hostileReport, sampleReport, sampleResult } from '../../self-check/sample-report.ts';
import { htmlReport } from './html.ts';
import { pageData } from './page-data.ts';

const { report, index } = hostileReport();
const html = htmlReport(report, index);

/** What a browser would take for the content of the script elements. */
const scripts = [...html.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, content = '']) => content);

test('hostile text ends no script element and begins no other', () => {
  expect(scripts).toHaveLength(2);
  expect(html.match(/<\/?script/g)).toHaveLength(4);
  expect(scripts[0]).not.toContain('<');
});

test('the data comes out of the page as it went in', () => {
  expect(JSON.parse(scripts[0] ?? '')).toEqual(JSON.parse(JSON.stringify(pageData(report, index))));
});

test('the modules form one script that needs no other', () => {
  expect(() => new Script(scripts[1] ?? '')).not.toThrow();
  expect(scripts[1]).not.toMatch(/^(import|export) /m);
});

test('the page refers to nothing outside of itself', () => {
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<(link|img|iframe)\b|\ssrc=["']?https?:|url\(/);
});

test('a key that a call is given is not in the page', () => {
  const withKey = sampleCase({
    call: {
      ...sampleCase().call,
      client: { apiKey: 'sk-first"key', maxRetries: 0 },
      environment: { DASHSCOPE_API_KEY: 'sk-second-key' },
      options: { headers: { 'x-copy': 'sk-first"key' } },
    },
  });
  const page = htmlReport(sampleReport(), { cases: [withKey], behaviors: new Map() });
  expect(page).not.toContain('sk-first');
  expect(page).not.toContain('sk-second');
  expect(page).toContain('[key]');
});

test('what many results hold stands in the data once', () => {
  const results = [sampleResult(), sampleResult({ carrier: 'loopback' })];
  const data = pageData(sampleReport({ results }), { cases: [sampleCase()], behaviors: new Map() });
  expect(data.results[0]?.requests).toEqual(data.results[1]?.requests);
  expect(data.values.filter((value) => JSON.stringify(value) === '{"model":"qwen-plus"}')).toHaveLength(1);
  expect(data.rows[0]?.cells[0]?.results).toEqual([0, 1]);
});

test('bytes that are no text are kept as they are', () => {
  const reply = { ...sampleReply(), body: Uint8Array.of(0xe3, 0x0a) };
  const testCase = sampleCase({ exchanges: [{ request: sampleCheck(), reply }] });
  const data = pageData(sampleReport(), { cases: [testCase], behaviors: new Map() });
  expect(data.cases[testCase.id]?.replies).toMatchObject([{ body: { base64: '4wo=' } }]);
});
