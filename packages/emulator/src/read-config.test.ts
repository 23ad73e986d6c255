import { expect, test } from 'vitest';
import { EmulatorConfigError } from './config-error.ts';
import { parseConfig, readConfig, readReplies } from './read-config.ts';
import { sampleConfig } from './sample-config.ts';

const workspaces = [{ id: 'llm-a', apiKeys: ['sk-a'], models: '*' }];

function mistakesOf(config: unknown): string {
  try {
    parseConfig(JSON.stringify(config), { file: 'emulator.json' });
  } catch (error) {
    if (error instanceof EmulatorConfigError) return error.message;
  }
  return 'none';
}

test('fills in defaults', () => {
  expect(parseConfig(JSON.stringify({ region: 'singapore', workspaces }))).toMatchObject({
    replies: [],
    models: [],
    frameDelayMs: 0,
    quirks: { documentationLinks: false, nativeStreamErrors: 'http' },
  });
});

test('accepts the sample', () => {
  expect(readConfig(sampleConfig).workspaces.map(({ name }) => name)).toEqual(['default', 'marketing']);
});

test('names the file and the place of a misspelled field, with the right spelling', () => {
  const config = {
    region: 'singapore',
    workspaces: [{ id: 'llm-a', apiKeys: ['sk-a'], modles: '*', models: '*' }],
  };
  expect(mistakesOf(config)).toBe(
    'emulator.json: 1 mistake\n  workspaces[0].modles: unknown field; did you mean "models"?',
  );
});

test.each([
  [{ region: 'singapor', workspaces }, 'region: "singapor" is not known; did you mean "singapore"?'],
  [{ workspaces }, 'region: is missing; one of: ap-southeast-1,'],
  [{ region: 'beijing' }, 'workspaces: is missing; expected a list'],
  [{ region: 'beijing', workspaces: [] }, 'workspaces: needs at least one workspace'],
  [{ region: 'beijing', workspaces: 'llm-a' }, 'workspaces: expected a list, not "llm-a"'],
  [{ region: 'beijing', workspaces, frameDelayMs: '5' }, 'frameDelayMs: expected a number, not "5"'],
  [
    { region: 'beijing', workspaces: [{ id: 'a b', apiKeys: ['sk-a'], models: '*' }] },
    'workspaces[0].id: may hold only letters',
  ],
  [
    { region: 'beijing', workspaces: [{ id: 'a', apiKeys: ['sk-a'], models: 'qwen-plus' }] },
    'workspaces[0].models: expected "*" or a list of model names',
  ],
  [
    { region: 'beijing', workspaces: [{ id: 'a', apiKeys: ['sk-a'], models: ['qwen-plus', 'qwen-flsh'] }] },
    'workspaces[0].models[1]: "qwen-flsh" matches no known model; did you mean "qwen-flash"?',
  ],
  [
    { region: 'beijing', workspaces: [{ id: 'a', apiKeys: ['sk-a'], models: ['our-own-tuned-model'] }] },
    '"our-own-tuned-model" matches no known model; add it under "models" if it is your own',
  ],
  [
    { region: 'beijing', workspaces: [...workspaces, { id: 'llm-b', apiKeys: ['sk-a'], models: '*' }] },
    'workspaces[1].apiKeys[0]: "sk-a" is already workspaces[0].apiKeys[0]; each key belongs to one workspace',
  ],
  [
    { region: 'beijing', workspaces, models: [{ id: 'tuned', owner: 'llm-b' }] },
    'models[0].owner: there is no workspace "llm-b"; did you mean "llm-a"?',
  ],
  [{ region: 'beijing', workspaces, replies: [{ when: 'Hi' }] }, 'replies[0]: says nothing; add "text"'],
  [
    { region: 'beijing', workspaces, replies: [{ when: '/(/', text: 'x' }] },
    'replies[0].when: Invalid regular',
  ],
  [
    { region: 'beijing', workspaces, replies: [{ error: 'burst-rat' }] },
    'replies[0].error: "burst-rat" is not known; did you mean "burst-rate"?',
  ],
  [
    { region: 'beijing', workspaces, replies: [{ error: { status: 500, code: 'X', mesage: '' } }] },
    'replies[0].error.mesage: unknown field; did you mean "message"?',
  ],
  [
    { region: 'beijing', workspaces, replies: [{ fault: { stallAfterFrame: 1 } }] },
    'replies[0].fault.stallAfterFrame: unknown field; did you mean "stallAfterFrames"?',
  ],
  [
    { region: 'beijing', workspaces, replies: [{ text: 'ab', chunks: ['a'] }] },
    'replies[0].chunks: together they are not "text"',
  ],
  [
    { region: 'beijing', workspaces, quirks: { documentationLink: true } },
    'quirks.documentationLink: unknown field; did you mean "documentationLinks"?',
  ],
])('says what is wrong with %j', (config, mistake) => {
  expect(mistakesOf(config)).toContain(mistake);
});

test('lists every mistake at once', () => {
  expect(mistakesOf({ region: 'x', workspaces: [{}] })).toMatch(/^emulator\.json: 4 mistakes\n/);
});

test('reads past a byte-order mark', () => {
  const text = JSON.stringify(sampleConfig);
  expect(parseConfig(`\uFEFF${text}`)).toEqual(parseConfig(text));
});

test('names the file that is not JSON', () => {
  expect(() => parseConfig('{ "region": }', { file: 'emulator.json' })).toThrow(
    /^emulator\.json: 1 mistake\n {2}is not JSON/,
  );
});

test('checks rules that are added later', () => {
  const config = readConfig(sampleConfig);
  expect(() => readReplies([{ text: 'x', workspace: 'marketin' }], config)).toThrow(
    'replies[0].workspace: there is no workspace "marketin"; did you mean "marketing"?',
  );
});
