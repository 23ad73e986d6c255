import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import type { Expectation, Scenario, Sources } from './case-schema.ts';
import { wireNames } from './case-schema.ts';
import { behaviorName, loadCases } from './load-cases.ts';
import { suggest } from './name-closest.ts';
import { packageRoot } from './package-root.ts';

export interface ScaffoldOptions {
  /** Such as `errors/rejected-key`. */
  readonly behavior: string;
  /** Where the cases lie; created when it does not exist. */
  readonly folder: string;
  /** A behavior of that folder, or of the suite, whose shape is copied. A plain call of the operation unless given. */
  readonly like?: string;
  /** Of the case; `chat` unless `like` says it. */
  readonly operation?: Operation;
  /** A placeholder unless given. */
  readonly title?: string;
  /** Id or address of an entry of the catalog of sources; those of `like` unless given. */
  readonly source?: string;
}

export interface ScaffoldedCase {
  readonly folder: string;
  readonly like: string;
  readonly files: readonly string[];
}

type Operation = Scenario['call']['operation'];

/** What a new case expects until its author says what must be seen; so it fails. */
export const placeholder = 'FILL IN: what the caller must see';

const plainCalls: Readonly<Record<Operation, string>> = {
  chat: 'chat/text',
  stream: 'stream/text-with-usage',
  embed: 'embed/text',
};

/**
 * Writes a scenario that is well formed and fails, ready to be filled in.
 *
 * @throws Error when a name is wrong, is taken, or names nothing.
 */
export function scaffoldCase(options: ScaffoldOptions): ScaffoldedCase {
  const { behavior, folder: casesFolder } = options;
  if (!behaviorName.test(behavior)) {
    throw new Error(
      `"${behavior}" is no name of a behavior: write <group>/<name> in lower-case letters, digits and "-", such as errors/rejected-key`,
    );
  }
  const folder = join(casesFolder, behavior);
  if (existsSync(folder)) throw new Error(`${folder} is there already; choose another name, or remove it`);
  const like = options.like ?? plainCalls[options.operation ?? 'chat'];
  const model = findModel(like, casesFolder);
  const text = readFileSync(join(model, 'scenario.json'), 'utf8');
  const scenario = JSON.parse(text) as Scenario;
  if (options.operation !== undefined && options.operation !== scenario.call.operation) {
    throw new Error(
      `--operation ${options.operation}: ${like} is a case of "${scenario.call.operation}"; leave the option out, or copy another`,
    );
  }
  const bodies = copyBodies(scenario, model);
  const edits = [
    ...headEdits(options, scenario),
    ...expectationEdits(scenario),
    ...bodies.map(({ path, name }): Edit => [path, name]),
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'scenario.json'), applyAll(text, edits));
  for (const { name, bytes } of bodies) writeFileSync(join(folder, name), bytes);
  return { folder, like, files: readdirSync(folder).sort() };
}

/** A value to be set at a path; `undefined` removes it. */
type Edit = readonly [path: readonly (string | number)[], value: unknown];

function applyAll(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, [path, value]) => {
    const options = {
      formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
      // Before all else, as editors write it.
      ...(path[0] === '$schema' && { getInsertionIndex: () => 0 }),
    };
    return applyEdits(current, modify(current, [...path], value, options));
  }, text);
}

function findModel(like: string, casesFolder: string): string {
  const suiteFolder = join(packageRoot, 'cases');
  const found = [casesFolder, suiteFolder]
    .map((folder) => join(folder, like))
    .find((folder) => behaviorName.test(like) && existsSync(join(folder, 'scenario.json')));
  if (found !== undefined) return found;
  const known = [...loadCases().behaviors.keys()];
  throw new Error(`--like ${like}: there is no such behavior${suggest(like, known)}`);
}

function headEdits({ behavior, folder, title, source }: ScaffoldOptions, scenario: Scenario): Edit[] {
  const schema = findSchema(resolve(folder, behavior));
  const ofSuite = resolve(folder) === join(packageRoot, 'cases');
  const stated = wireNames.filter((wire) => !('absent' in scenario.wires[wire]));
  return [
    [['title'], title ?? `Fill in the fact that a caller can rely on, of ${behavior}`.slice(0, 100)],
    // What a case was held back for, or guards against, is its own.
    [['status'], undefined],
    ...(ofSuite ? [] : [['guards'], ...stated.map((wire) => ['wires', wire, 'guards'])].map(removal)),
    ...(source === undefined ? [] : sourceEdits(source, folder, stated)),
    ...(schema === undefined ? [] : [[['$schema'], schema] as const]),
  ];
}

function removal(path: readonly string[]): Edit {
  return [path, undefined];
}

function sourceEdits(source: string, folder: string, wires: readonly string[]): Edit[] {
  const catalog = loadCases(existsSync(folder) ? { folder } : {}).sources;
  const id = Object.hasOwn(catalog, source)
    ? source
    : Object.keys(catalog).find((key) => catalog[key]?.url === source);
  if (id === undefined) {
    throw new Error(
      `--source ${source}: is not in the catalog${suggest(source, Object.keys(catalog))}. Add it to sources.json, with its kind, url, title, language and retrievedOn`,
    );
  }
  const provenance = provenances[catalog[id]?.kind ?? 'document'];
  return [
    [['provenance'], provenance],
    [['sources'], [{ source: id, section: 'FILL IN', supports: 'reply' }]],
    ...wires.flatMap((wire) =>
      [
        ['wires', wire, 'sources'],
        ['wires', wire, 'provenance'],
      ].map(removal),
    ),
  ];
}

const provenances: Readonly<Record<Sources[string]['kind'], Scenario['provenance']>> = {
  document: 'documented',
  recording: 'recorded',
  report: 'reported',
  code: 'derived',
  specification: 'derived',
};

/** The schema that an editor checks the file with, seen from the scenario's folder. */
function findSchema(from: string): string | undefined {
  for (let at = dirname(from); ; at = dirname(at)) {
    const candidates = [
      ...(at === packageRoot ? [join(at, 'scenario.schema.json')] : []),
      join(at, 'node_modules/@qwire/conformance/scenario.schema.json'),
    ];
    const found = candidates.find((candidate) => existsSync(candidate));
    if (found !== undefined) return relative(from, found).split(sep).join('/');
    if (at === dirname(at)) return undefined;
  }
}

/** Makes each outcome that would be right one that cannot come. */
function expectationEdits(scenario: Scenario): Edit[] {
  const edits = [...spoil(['expect'], scenario.expect), ...spoilOthers([], scenario.alsoAllowed)];
  for (const wire of wireNames) {
    const stated = scenario.wires[wire];
    if ('absent' in stated) continue;
    const { expect } = stated;
    if (
      expect?.ended !== undefined ||
      expect?.response?.text !== undefined ||
      expect?.error?.message !== undefined
    )
      edits.push(...spoil(['wires', wire, 'expect'], { ended: scenario.expect.ended, ...expect }));
    edits.push(...spoilOthers(['wires', wire], stated.alsoAllowed));
  }
  return edits;
}

function spoilOthers(path: readonly string[], others: Scenario['alsoAllowed'] = []): Edit[] {
  return others.flatMap(({ expect }, index) => spoil([...path, 'alsoAllowed', index, 'expect'], expect));
}

function spoil(path: readonly (string | number)[], { ended }: Expectation): Edit[] {
  const field = ended === 'completed' ? ['response', 'text'] : ['error', 'message'];
  return [[[...path, ...field], placeholder]];
}

interface CopiedBody {
  /** Of the field that names the file. */
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The reply files, also those that lie in other scenarios' folders, under names of their own. */
function copyBodies(scenario: Scenario, model: string): CopiedBody[] {
  const names = new Map<string, string>();
  return wireNames.flatMap((wire) => {
    const stated = scenario.wires[wire];
    if ('absent' in stated) return [];
    return stated.exchanges.flatMap(({ reply }, index): CopiedBody[] => {
      if (reply.kind !== 'http' || reply.bodyFile === undefined) return [];
      const from = join(model, reply.bodyFile);
      const name = names.get(from) ?? freeName(basename(from), wire, [...names.values()]);
      names.set(from, name);
      const path = ['wires', wire, 'exchanges', index, 'reply', 'bodyFile'];
      return [{ path, name, bytes: readFileSync(from) }];
    });
  });
}

function freeName(name: string, wire: string, taken: readonly string[]): string {
  const own = name.startsWith(wire) ? name : `${wire}${extname(name)}`;
  for (let number = 2, free = own; ; number += 1) {
    if (!taken.includes(free)) return free;
    free = `${wire}.${number}${extname(name)}`;
  }
}
