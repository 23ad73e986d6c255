import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defects } from '../defects/defects.ts';
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

  /** Line and column of a text in the scenario, as they stand in a problem. */
  function placeOf(text: string | undefined): string {
    if (text === undefined) return '';
    const content = readFileSync(join(root, 'cases', behavior, 'scenario.json'), 'utf8');
    const before = content.slice(0, content.indexOf(text)).split('\n');
    return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  }

  function problems(): readonly string[] {
    try {
      loadCases({ root, defects: Object.keys(defects) });
    } catch (error) {
      if (error instanceof CaseFormatError) return error.problems;
      throw error;
    }
    return [];
  }

  const field = `cases/${behavior}/scenario.json`;

  test('one scenario becomes one case for each wire, with what the wire forces merged in', () => {
    const { cases, behaviors } = loadCases({ root });
    expect([...behaviors.keys()]).toEqual([behavior]);
    expect(cases.map(({ id, expect: { error } }) => [id, error?.kind, error?.code])).toEqual([
      [`openai-compatible/${behavior}`, 'authentication', 'invalid_api_key'],
      [`dashscope/${behavior}`, 'authentication', 'InvalidApiKey'],
    ]);
    expect(cases[0]?.overrides).toEqual(['error.code']);
  });

  test.each([
    {
      mistake: 'a misspelled key',
      find: '"forbidHeaders"',
      replacement: '"forbiddenHeaders"',
      problems: [
        {
          at: '"forbiddenHeaders"',
          problem:
            'wires.dashscope.exchanges[0].request.forbiddenHeaders: is not known here; did you mean "forbidHeaders"?',
        },
      ],
    },
    {
      mistake: 'a key of another place',
      find: '"requires"',
      replacement: '"expected"',
      problems: [{ at: '"expected"', problem: 'expected: is not known here; did you mean "expect"?' }],
    },
    {
      mistake: 'a value that is none of the options',
      find: '"provenance": "documented"',
      replacement: '"provenance": "document"',
      problems: [{ at: '"provenance"', problem: 'provenance: is "document"; did you mean "documented"?' }],
    },
    {
      mistake: 'a missing field with few options',
      find: '"provenance": "documented",',
      replacement: '',
      problems: [
        {
          problem:
            'provenance: is missing: use "documented", "recorded", "reported", "derived" or "synthetic"',
        },
      ],
    },
    {
      mistake: 'a scenario that guards against nothing',
      find: '"guards": ["drop-service-code", "drop-request-id", "key-in-error-text"],',
      replacement: '',
      problems: [{ problem: 'guards: name at least one seeded defect that this catches' }],
    },
    {
      mistake: 'a value of the wrong type',
      find: '"status": 401,\n',
      replacement: '"status": "401",\n',
      problems: [{ at: '"status"', problem: 'expect.error.status: is "401", but must be a number' }],
    },
    {
      mistake: 'a kind of reply that there is not',
      find: '"kind": "http"',
      replacement: '"kind": "https"',
      problems: [
        {
          at: '"kind": "https"',
          problem: 'wires.openai-compatible.exchanges[0].reply.kind: is "https"; did you mean "http"?',
        },
      ],
    },
    {
      mistake: 'a header name with capitals',
      find: '{ "content-type"',
      replacement: '{ "Content-Type"',
      problems: [
        {
          at: '"Content-Type"',
          problem:
            'wires.openai-compatible.exchanges[0].request.headers.Content-Type: header names are written in lower case, such as "content-type"',
        },
      ],
    },
    {
      mistake: 'an address that is none',
      find: '"url": "https://dashscope',
      replacement: '"url": "dashscope',
      problems: [
        {
          at: '"url"',
          problem:
            'wires.openai-compatible.exchanges[0].request.url: is "dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions", but must be a full address such as "https://dashscope-intl.aliyuncs.com/…"',
        },
      ],
    },
    {
      mistake: 'a reply file that does not exist',
      find: '"dashscope.json"',
      replacement: '"dashscop.json"',
      problems: [
        { problem: 'dashscope.json: no exchange refers to this file' },
        {
          at: '"bodyFile": "dashscop.json"',
          problem:
            'wires.dashscope.exchanges[0].reply.bodyFile: there is no file "dashscop.json"; did you mean "dashscope.json"?',
        },
      ],
    },
    {
      mistake: 'a guard that is no seeded defect',
      find: '"drop-service-code"',
      replacement: '"drop-servise-code"',
      problems: [
        {
          at: '"drop-servise-code"',
          problem: 'guards[0]: "drop-servise-code" is no seeded defect; did you mean "drop-service-code"?',
        },
      ],
    },
    {
      mistake: 'a source that the catalog does not hold',
      find: '"sub-workspace-ja"',
      replacement: '"sub-workspace-jp"',
      problems: [
        {
          at: '"source": "sub-workspace-jp"',
          problem:
            'sources[0].source: "sub-workspace-jp" is not in sources.json; did you mean "sub-workspace-ja"?',
        },
      ],
    },
    {
      mistake: 'a source that resembles none',
      find: '"sub-workspace-ja"',
      replacement: '"hearsay-of-a-colleague"',
      problems: [
        {
          at: '"source": "hearsay-of-a-colleague"',
          problem: 'sources[0].source: "hearsay-of-a-colleague" is not in sources.json; add it there',
        },
      ],
    },
    {
      mistake: 'JSON with a comma too few',
      find: '"documented",',
      replacement: '"documented"',
      problems: [
        {
          at: '"sources"',
          problem:
            'is not JSON: a comma, or the end of the list or object, is missing before this: "sources"',
        },
      ],
    },
    {
      mistake: 'JSON with a comma too many',
      find: '"retryable": false,',
      replacement: '"retryable": false,,',
      problems: [
        {
          at: ',\n      "hint"',
          problem:
            'is not JSON: a member name in double quotes must stand here; a comma before "}" is one too many: ,',
        },
      ],
    },
    {
      mistake: 'a member that is stated twice',
      find: '"requires": ["text"],',
      replacement: '"requires": ["text"], "requires": [],',
      problems: [{ at: '"requires": []', problem: 'states "requires" twice in one object' }],
    },
    {
      mistake: 'a title with "should"',
      find: 'A rejected API key fails',
      replacement: 'A rejected API key should fail',
      problems: [{ at: '"title"', problem: 'title: states a fact, without "should"' }],
    },
    {
      mistake: 'a title that is a sentence with a full stop',
      find: 'service\'s code"',
      replacement: 'service\'s code."',
      problems: [{ at: '"title"', problem: 'title: has no full stop at its end' }],
    },
    {
      mistake: 'a failed call without an error kind',
      find: '"kind": "authentication",',
      replacement: '',
      problems: [
        {
          at: '"openai-compatible": {',
          problem: 'wires.openai-compatible: expect.error.kind: is missing for a failed call',
        },
        { at: '"dashscope": {', problem: 'wires.dashscope: expect.error.kind: is missing for a failed call' },
      ],
    },
    {
      mistake: 'a workspace in the host, which the loopback carrier cannot see',
      find: '"operation": "chat",',
      replacement: '"operation": "chat", "client": { "workspaceId": "llm-1" },',
      problems: [
        { problem: 'carriers: a workspace in the host can be seen by "intercept" only; state ["intercept"]' },
      ],
    },
  ])('$mistake is named with its place and what would be right', ({ find, replacement, problems }) => {
    const found = problemsAfter(find, replacement);
    expect(found).toEqual(problems.map(({ at, problem }) => `${field}${placeOf(at)}: ${problem}`));
  });

  test('two scenarios cannot have the same title', () => {
    cpSync(join(root, 'cases', behavior), join(root, 'cases/errors/twin'), { recursive: true });
    expect(problems()).toEqual([
      `cases/errors/twin/scenario.json:2:3: title: is also the title of ${behavior}`,
    ]);
  });

  test("a folder of one's own needs no catalog, and is named as it was given", () => {
    const folder = join(root, 'cases');
    expect(loadCases({ folder }).cases).toHaveLength(2);
    writeFileSync(join(folder, 'sources.json'), '{ "ours": {} }');
    expect(() => loadCases({ folder })).toThrow(
      /cases\/sources\.json:1:3: ours\.kind: is missing: use "document"/,
    );
  });

  test("a folder of one's own may add to the catalog, but not replace what is in it", () => {
    const folder = join(root, 'cases');
    const source = {
      kind: 'document',
      url: 'https://example.com/',
      title: 'Ours',
      language: 'en',
      retrievedOn: '2026-11-22',
    };
    writeFileSync(join(folder, 'sources.json'), JSON.stringify({ ours: source }));
    expect(loadCases({ folder }).sources.ours).toEqual(source);
    writeFileSync(join(folder, 'sources.json'), JSON.stringify({ 'sub-workspace-ja': source }));
    expect(() => loadCases({ folder })).toThrow(
      "sub-workspace-ja: is an id of the suite's catalog; take another",
    );
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
