import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { referenceClient } from '../defects/reference-client.ts';
import { withCarrier } from '../self-check/with-carrier.ts';
import { loadCases } from './load-cases.ts';
import { runCase } from './run-suite.ts';
import { scaffoldCase } from './scaffold-case.ts';

describe('a new case', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'scaffold-'));
    folder = join(root, 'my-cases');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function readScenario(behavior: string) {
    return JSON.parse(readFileSync(join(folder, behavior, 'scenario.json'), 'utf8'));
  }

  test('comes with reply files for both wires, and guards against nothing of the suite', () => {
    const { files, like } = scaffoldCase({ behavior: 'chat/greeting', folder });
    expect(like).toBe('chat/text');
    expect(files).toEqual(['dashscope.json', 'openai-compatible.json', 'scenario.json']);
    const { cases } = loadCases({ folder });
    expect(cases.map(({ id, guards }) => [id, guards])).toEqual([
      ['openai-compatible/chat/greeting', []],
      ['dashscope/chat/greeting', []],
    ]);
  });

  test.each(['chat', 'stream', 'embed'] as const)(
    'is one of the operation "%s" when that is asked for',
    (operation) => {
      scaffoldCase({ behavior: 'own/case', folder, operation });
      expect(readScenario('own/case').call.operation).toBe(operation);
    },
  );

  test('has the title and the source that are given, by id or address', () => {
    const like = 'errors/arrearage';
    scaffoldCase({ behavior: 'own/one', folder, like, title: 'A fact', source: 'error-code-zh' });
    const url = 'https://help.aliyun.com/zh/model-studio/error-code';
    scaffoldCase({ behavior: 'own/two', folder, title: 'Another', source: url });
    const sources = [{ source: 'error-code-zh', section: 'FILL IN', supports: 'reply' }];
    expect(readScenario('own/one')).toMatchObject({
      title: 'A fact',
      provenance: 'documented',
      sources,
    });
    expect(readScenario('own/two')).toMatchObject({ title: 'Another', sources });
    expect(loadCases({ folder }).cases[0]?.sources).toEqual(sources);
  });

  test('takes copies of replies that lie in other folders', () => {
    const original = loadCases().cases.find(({ behavior }) => behavior === 'address/base-url-origin');
    const { files } = scaffoldCase({ behavior: 'own/case', folder, like: 'address/base-url-origin' });
    expect(files).toEqual(['dashscope.json', 'openai-compatible.json', 'scenario.json']);
    const copy = loadCases({ folder }).cases[0];
    expect(copy?.exchanges.map(({ reply }) => ({ ...reply, bodyFile: undefined }))).toEqual(
      original?.exchanges.map(({ reply }) => ({ ...reply, bodyFile: undefined })),
    );
  });

  test('names the schema of the installed package, so that editors know the fields', () => {
    mkdirSync(join(root, 'node_modules/@qwire/conformance'), { recursive: true });
    writeFileSync(join(root, 'node_modules/@qwire/conformance/scenario.schema.json'), '{}');
    scaffoldCase({ behavior: 'own/case', folder });
    expect(Object.entries(readScenario('own/case'))[0]).toEqual([
      '$schema',
      '../../../node_modules/@qwire/conformance/scenario.schema.json',
    ]);
  });

  test.each([
    [{ behavior: 'Rejected Key' }, '"Rejected Key" is no name of a behavior: write <group>/<name>'],
    [
      { behavior: 'a/b', like: 'chat/txt' },
      '--like chat/txt: there is no such behavior; did you mean "chat/text"?',
    ],
    [{ behavior: 'a/b', like: '../cases/chat/text' }, 'there is no such behavior'],
    [
      { behavior: 'a/b', like: 'chat/text', operation: 'stream' as const },
      '--operation stream: chat/text is a case of "chat"',
    ],
    [{ behavior: 'a/b', source: 'error-code-zn' }, 'is not in the catalog; did you mean "error-code-zh"?'],
    [{ behavior: 'a/b', source: 'https://example.com/page' }, 'Add it to sources.json'],
  ])('is refused for %j, and nothing is written', (wrong, message) => {
    expect(() => scaffoldCase({ folder, ...wrong })).toThrow(message);
    expect(existsSync(folder)).toBe(false);
  });

  test('never takes the place of another', () => {
    scaffoldCase({ behavior: 'own/case', folder });
    expect(() => scaffoldCase({ behavior: 'own/case', folder })).toThrow('is there already');
  });

  test('can have the shape of any case of the suite; it is well formed, and fails on each wire', async () => {
    const behaviors = [...loadCases().behaviors.keys()].filter((_, index) => index % 5 === 0);
    for (const like of behaviors) scaffoldCase({ behavior: like, folder, like });
    const { cases } = loadCases({ folder });
    expect(new Set(cases.map(({ behavior }) => behavior))).toEqual(new Set(behaviors));
    // The reference client takes what no reply says from the case, so it is given the one that it passes.
    const originals = new Map(loadCases().cases.map((testCase) => [testCase.id, testCase]));
    const green = await withCarrier('intercept', async (carrier) => {
      const passed: string[] = [];
      for (const testCase of cases.filter(({ carriers }) => carriers.includes('intercept'))) {
        const driver = referenceClient(originals.get(testCase.id) ?? testCase);
        const { verdict } = await runCase(testCase, { driver, carrier });
        if (verdict !== 'fail') passed.push(`${testCase.id}: ${verdict}`);
      }
      return passed;
    });
    expect(green).toEqual([]);
  });
});
