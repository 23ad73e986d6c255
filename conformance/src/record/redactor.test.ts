import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const key = 'sk-4f1c9a7e2b6d4e0fa1b2c3d4e5f60718';

describe('a key is blotted out, and the length stays,', () => {
  test.each([
    ['as it is', key],
    ['in other case', key.toUpperCase()],
    ['percent-encoded', [...key].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
    ['percent-encoded twice in part', key.replace('-', '%252D')],
    ['with escapes of JSON', key.replace('s', '\\u0073')],
    ['with escapes of JSON in JSON', key.replace('s', '\\\\u0073')],
    ['with entities of HTML', key.replace('k', '&#107;').replace('-', '&#x2d;')],
    ['as hexadecimal digits', Buffer.from(key).toString('hex')],
    ['as base64', Buffer.from(key).toString('base64')],
    ['as base64 after one byte', Buffer.from(`:${key}`).toString('base64')],
    ['as base64 after two bytes', Buffer.from(`u:${key}`).toString('base64')],
    ['as base64 for URLs', Buffer.from(`Bearer ${key}`).toString('base64url')],
    ['in lines', key.replace(/.{9}/g, '$&\n  ')],
    ['in lines of JSON', key.replace(/.{9}/g, '$&\\r\\n')],
    ['between tags', key.replace(/.{9}/g, '$&<wbr>')],
    ['as base64 in lines', Buffer.from(key).toString('base64').replace(/.{20}/g, '$&\\n')],
  ])('%s', (_, hidden) => {
    const text = `{"before":"${hidden}","after":1}`;
    const redacted = createRedactor({ keys: [key] }).redact(text);
    expect(redacted).toHaveLength(text.length);
    expect(redacted).toMatch(/^\{"before":".*\[key\]\*+.*","after":1\}$/s);
    expect(redacted.toLowerCase()).not.toContain('4f1c9a7e');
    expect(createRedactor({ keys: [key] }).findKeys(redacted)).toEqual([]);
    expect(createRedactor({ keys: [key] }).findKeys(text)).not.toEqual([]);
  });
});

test('a key that nobody named is known by its shape', () => {
  const redactor = createRedactor();
  expect(redactor.redact('use sk-abcdef123456, st-zyxwvu98 or SK-ABCDEF1.')).toBe(
    'use [key]**********, [key]****** or [key]******',
  );
  expect(redactor.redact('a task-force at first-base, sk-x')).toBe('a task-force at first-base, sk-x');
});

test.each(['%6eter22-own', 'hu\\u006eter22-own', 'hunter2&#50;-own', 'hu%256Eter22-own'])(
  'a key of no known shape is found with an escape in it: %s',
  (hidden) => {
    const text = hidden.startsWith('hu') ? hidden : `hu${hidden}`;
    expect(createRedactor({ keys: ['hunter22-own'] }).redact(`a ${text} b`)).toMatch(/^a \[key\]\*+ b$/);
  },
);

test('a key that is learned is known from then on', () => {
  const redactor = createRedactor();
  expect(redactor.redact('hunter22')).toBe('hunter22');
  redactor.learn('hunter22');
  expect(redactor.redact('hunter22')).toBe('[key]***');
});

test('one id has one token of its own length and form everywhere', () => {
  const redactor = createRedactor({ ids: ['studio-7'] });
  const id = '8cd4594d-e1aa-9967-8d00-a33940ec783b';
  expect(redactor.redact(`chatcmpl-${id} ${id}`)).toBe(
    'chatcmpl-00000000-0000-0000-0000-000000000001 00000000-0000-0000-0000-000000000001',
  );
  const again = redactor.redact(`${id} call_962bfd2ab8f54b89a1161356 llm-abc123def studio-7`);
  expect(again).toMatch(/^00000000-0000-0000-0000-000000000001 call_0{20,}\d+ llm-0+\d 0+-\d$/);
  expect(redactor.redact(again)).toBe(again);
});
