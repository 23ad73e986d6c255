import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CaseFormatError, loadCases } from './load-cases.ts';

const ownRoot = fileURLToPath(new URL('..', import.meta.url));
const behavior = 'errors/rejected-key';

describe('loading cases', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cases-'));
    cpSync(join(ownRoot, 'sources.json'), join(root, 'sources.json'));
    cpSync(join(ownRoot, 'cases', behavior), join(root, 'cases', behavior), { recursive: true });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  /** Replaces text in the scenario, and reports what is then wrong. */
  function problemsAfter(find: string, replacement: string): readonly string[] {
    const file = join(root, 'cases', behavior, 'scenario.json');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(find);
    writeFileSync(file, text.replace(find, replacement));
    return problems();
  }

  function problems(): readonly string[] {
    try {
      loadCases({ root });
    } catch (error) {
      if (error instanceof CaseFormatError) return error.problems;
      throw error;
    }
    return [];
  }

  const field = `cases/${behavior}/scenario.json: `;

  test('one scenario becomes one case for each wire, with what the wire forces merged in', () => {
    const { cases, behaviors } = loadCases({ root });
    expect([...behaviors.keys()]).toEqual([behavior]);
    expect(cases.map(({ id, expect: { error } }) => [id, error?.kind, error?.code])).toEqual([
      [`openai-compatible/${behavior}`, 'authentication', 'invalid_api_key'],
      [`dashscope/${behavior}`, 'authentication', 'InvalidApiKey'],
    ]);
    expect(cases[0]?.overrides).toEqual(['error.code']);
  });

  test('an unknown key is named with its file and its path', () => {
    expect(problemsAfter('"forbidHeaders"', '"forbiddenHeaders"')).toEqual([
      `${field}wires.dashscope.exchanges[0].request.forbiddenHeaders: is not known here`,
    ]);
  });

  test('a reply file that does not exist is named', () => {
    expect(problemsAfter('"dashscope.json"', '"dashscope.body"')).toEqual([
      `${field}dashscope.json: no exchange refers to this file`,
      `${field}wires.dashscope.exchanges[0].reply.bodyFile: there is no file "dashscope.body"`,
    ]);
  });

  test('a source that the catalog does not hold is named', () => {
    expect(problemsAfter('"sub-workspace-ja"', '"hearsay"')).toEqual([
      `${field}sources: "hearsay" is not in sources.json`,
    ]);
  });

  test('a title with "should" is refused', () => {
    expect(problemsAfter('A rejected API key fails', 'A rejected API key should fail')).toEqual([
      `${field}title: states a fact, without "should"`,
    ]);
  });

  test('a failed call without an error kind is refused on each wire', () => {
    expect(problemsAfter('"kind": "authentication",', '')).toEqual([
      `${field}wires.openai-compatible: expect.error.kind: is missing for a failed call`,
      `${field}wires.dashscope: expect.error.kind: is missing for a failed call`,
    ]);
  });

  test('a workspace in the host is refused where the loopback carrier could not see it', () => {
    expect(
      problemsAfter('"operation": "chat",', '"operation": "chat", "client": { "workspaceId": "llm-1" },'),
    ).toEqual([
      `${field}carriers: a workspace in the host can be seen by "intercept" only; state ["intercept"]`,
    ]);
  });

  test('two scenarios cannot have the same title', () => {
    cpSync(join(root, 'cases', behavior), join(root, 'cases/errors/twin'), { recursive: true });
    expect(problems()).toEqual([`cases/errors/twin/scenario.json: title: is also the title of ${behavior}`]);
  });

  test('the digest changes with a byte of a reply', () => {
    const before = loadCases({ root }).digest;
    writeFileSync(join(root, 'cases', behavior, 'dashscope.json'), '{}');
    expect(loadCases({ root }).digest).not.toBe(before);
  });
});

test("this package's own cases are well formed", () => {
  expect(loadCases().cases.length).toBeGreaterThan(0);
});
