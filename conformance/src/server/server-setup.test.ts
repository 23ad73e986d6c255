import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applySetupFile, emulatorSetup, readSetupFile } from './server-setup.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(content: string): string {
  const file = join(folder, 'setup.json');
  writeFileSync(file, content);
  return file;
}

test('a setup file takes the place of what it names, and of nothing else', () => {
  const file = write('{"keys": {"restricted": null}, "models": {"text": "qwen-flash"}}');
  const setup = applySetupFile(emulatorSetup, readSetupFile(file));
  expect(setup.keys).toEqual({ ...emulatorSetup.keys, restricted: null });
  expect(setup.models).toEqual({ ...emulatorSetup.models, text: 'qwen-flash' });
});

test('a key can be left in the environment', () => {
  const file = write('{"keys": {"accepted": {"env": "STUDIO_KEY"}}}');
  expect(applySetupFile(emulatorSetup, readSetupFile(file), { STUDIO_KEY: 'sk-1' }).keys.accepted).toBe(
    'sk-1',
  );
  expect(() => applySetupFile(emulatorSetup, readSetupFile(file), {})).toThrow(
    'keys.accepted: the environment variable STUDIO_KEY is not set',
  );
});

test('every mistake is named with its file and field', () => {
  const file = write('{"modles": {}, "models": {"txt": "qwen-plus"}, "keys": {"accepted": 1}}');
  expect(() => readSetupFile(file)).toThrow(`${file}: modles: is not known here`);
  expect(() => readSetupFile(file)).toThrow(/setup\.json: models/);
  expect(() => readSetupFile(file)).toThrow('keys.accepted: expected a key, or { "env": "NAME" }');
  expect(() => readSetupFile(join(folder, 'none.json'))).toThrow('none.json: ENOENT');
});
