import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { CapabilityKey } from '@qwire/core';
import type * as z from 'zod';
import {
  type Alternative,
  type CarrierName,
  type CaseCall,
  type Citation,
  type Delivery,
  type Expectation,
  type RequestCheck,
  type Scenario,
  type Sources,
  scenarioSchema,
  sourcesSchema,
  type WireName,
  wireNames,
} from './case-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { fieldPath, readFieldPath } from './field-path.ts';
import { type JsonDocument, JsonMistake, readJson } from './json-document.ts';
import { lintScenario } from './lint-scenario.ts';
import { leafPaths, mergeExpectation } from './merge-expectation.ts';
import { packageRoot } from './package-root.ts';
import { schemaKeys } from './schema-keys.ts';

/** A reply with its bytes in memory. */
export type LoadedReply =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly bodyFile: string | undefined;
      readonly delivery: Delivery;
    }
  | { readonly kind: 'connection-failed' }
  | { readonly kind: 'silence' };

export interface LoadedExchange {
  readonly request: RequestCheck;
  readonly reply: LoadedReply;
}

/** One scenario on one wire. */
export interface ConformanceCase {
  /** Wire and behavior, such as `dashscope/errors/rejected-key`. */
  readonly id: string;
  /** The scenario's folder below `cases`, which both wires share. */
  readonly behavior: string;
  readonly wireFormat: WireName;
  readonly title: string;
  readonly level: Scenario['level'];
  readonly status: Scenario['status'];
  readonly provenance: Scenario['provenance'];
  readonly bytes: Scenario['bytes'];
  readonly sources: readonly Citation[];
  readonly requires: readonly CapabilityKey[];
  readonly carriers: readonly CarrierName[];
  readonly call: CaseCall;
  readonly exchanges: readonly LoadedExchange[];
  readonly expect: Expectation;
  /** Where this wire's expectation differs from the scenario's, such as `error.code`. */
  readonly overrides: readonly string[];
  readonly alsoAllowed: readonly Alternative[];
  readonly guards: readonly string[];
}

/** A scenario that a wire cannot take part in. */
export interface AbsentCase {
  readonly behavior: string;
  readonly wireFormat: WireName;
  readonly because: string;
}

export interface CaseIndex {
  /** In the order of their ids; the wires of one scenario follow each other. */
  readonly cases: readonly ConformanceCase[];
  readonly absent: readonly AbsentCase[];
  /** Title of each behavior, in order. */
  readonly behaviors: ReadonlyMap<string, string>;
  readonly sources: Sources;
  /** Changes whenever a byte of a case changes. */
  readonly digest: string;
}

/** Everything that is wrong in the cases, one line each: file with line and column, field, what is wrong. */
export class CaseFormatError extends Error {
  override readonly name = 'CaseFormatError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'A case is' : `${problems.length} things in the cases are`} wrong:\n${problems.join('\n')}`,
    );
    this.problems = problems;
  }
}

export interface LoadOptions {
  /** A folder that holds `cases` and `sources.json`; this package's own unless given. */
  readonly root?: string;
  /**
   * A folder of your own with `<group>/<name>/scenario.json` in it, instead of the suite's cases. A `sources.json` in it
   * adds to the suite's catalog.
   */
  readonly folder?: string;
  /** Names that guards may have; any unless given. */
  readonly defects?: readonly string[];
}

/**
 * Reads and checks every scenario.
 *
 * @throws CaseFormatError naming every mistake with its file and field.
 */
export function loadCases({ root = packageRoot, folder: ownFolder, defects }: LoadOptions = {}): CaseIndex {
  const problems: string[] = [];
  const hash = createHash('sha256');
  const casesFolder = ownFolder ?? join(root, 'cases');
  const shownFolder = ownFolder === undefined ? 'cases' : toPosix(relative('.', ownFolder) || '.');
  const sources = readSources(root, ownFolder, problems);
  const behaviors = new Map<string, string>();
  const cases: ConformanceCase[] = [];
  const absent: AbsentCase[] = [];

  for (const behavior of scenarioFolders(casesFolder, shownFolder, problems)) {
    const folder = join(casesFolder, behavior);
    const name = `${shownFolder}/${behavior}/scenario.json`;
    const read = readJsonFile(join(folder, 'scenario.json'), scenarioFile, problems, name);
    if (!read) continue;
    const { data: scenario, document } = read;
    for (const problem of lintScenario({ scenario, sources, folder, behaviors, defects }))
      problems.push(placed(name, document, problem));
    behaviors.set(behavior, scenario.title);
    for (const path of readdirSync(folder).sort())
      hash.update(`${behavior}/${path}\0`).update(readFileSync(join(folder, path)));
    for (const wireFormat of wireNames) {
      const wire = scenario.wires[wireFormat];
      if ('absent' in wire) absent.push({ behavior, wireFormat, because: wire.absent });
      else cases.push(toCase({ scenario, behavior, wireFormat, wire, folder }));
    }
  }
  if (problems.length > 0) throw new CaseFormatError(problems);
  return { cases, absent, behaviors, sources, digest: hash.digest('hex').slice(0, 16) };
}

type PresentWire = Exclude<Scenario['wires'][WireName], { absent: string }>;

interface CaseParts {
  readonly scenario: Scenario;
  readonly behavior: string;
  readonly wireFormat: WireName;
  readonly wire: PresentWire;
  readonly folder: string;
}

function toCase({ scenario, behavior, wireFormat, wire, folder }: CaseParts): ConformanceCase {
  return {
    id: `${wireFormat}/${behavior}`,
    behavior,
    wireFormat,
    title: scenario.title,
    level: scenario.level,
    status: scenario.status,
    provenance: wire.provenance ?? scenario.provenance,
    bytes: wire.bytes ?? scenario.bytes,
    sources: [...scenario.sources, ...wire.sources],
    requires: requiredCapabilities(scenario),
    carriers: scenario.carriers,
    call: scenario.call,
    exchanges: wire.exchanges.map(({ request, reply }) => ({ request, reply: loadReply(reply, folder) })),
    expect: mergeExpectation(scenario.expect, wire.expect),
    overrides: leafPaths(wire.expect ?? {}),
    alsoAllowed: [...scenario.alsoAllowed, ...wire.alsoAllowed],
    guards: [...new Set([...scenario.guards, ...wire.guards])],
  };
}

function requiredCapabilities({ requires, call }: Scenario): CapabilityKey[] {
  const keys = new Set<CapabilityKey>(requires);
  if (call.operation === 'stream') keys.add('streaming');
  if (call.operation === 'embed') keys.add('embeddings');
  if (call.cancel) keys.add('cancellation');
  return [...keys];
}

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  sse: 'text/event-stream;charset=UTF-8',
};

function loadReply(reply: PresentWire['exchanges'][number]['reply'], folder: string): LoadedReply {
  if (reply.kind !== 'http') return reply;
  const { status, delivery, bodyFile } = reply;
  const path = bodyFile === undefined ? undefined : join(folder, bodyFile);
  // A missing file has been reported by the lint.
  const body = path !== undefined && existsSync(path) ? new Uint8Array(readFileSync(path)) : new Uint8Array();
  const contentType = contentTypes[bodyFile?.split('.').at(-1) ?? ''];
  const headers = contentType ? { 'content-type': contentType, ...reply.headers } : reply.headers;
  return { kind: 'http', status, headers, body, bodyFile, delivery };
}

/** The suite's catalog, and what a folder of one's own adds to it. */
function readSources(root: string, ownFolder: string | undefined, problems: string[]): Sources {
  const suite = readJsonFile(join(root, 'sources.json'), sourcesFile, problems)?.data ?? {};
  const ownFile = ownFolder === undefined ? undefined : join(ownFolder, 'sources.json');
  if (ownFile === undefined || !existsSync(ownFile)) return suite;
  const name = toPosix(relative('.', ownFile));
  const own = readJsonFile(ownFile, sourcesFile, problems, name);
  for (const id of Object.keys(own?.data ?? {})) {
    if (own && Object.hasOwn(suite, id))
      problems.push(
        placed(name, own.document, `${fieldPath([id])}: is an id of the suite's catalog; take another`),
      );
  }
  return { ...suite, ...own?.data };
}

function scenarioFolders(casesFolder: string, shownFolder: string, problems: string[]): string[] {
  if (!existsSync(casesFolder)) throw new CaseFormatError([`${casesFolder}: there is no such folder`]);
  const files = readdirSync(casesFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const folders = new Set(files.map(({ parentPath }) => toPosix(relative(casesFolder, parentPath))));
  // Files beside the groups, such as the catalog, are none of a scenario.
  folders.delete('');
  const named = [...folders].sort();
  return named.filter((folder) => {
    if (behaviorName.test(folder)) return true;
    problems.push(
      `${shownFolder}/${folder}: a scenario lies in ${shownFolder}/<group>/<name>, in lower case letters, digits and "-"`,
    );
    return false;
  });
}

/** A scenario's path below the folder of cases. */
export const behaviorName = /^[a-z0-9-]+\/[a-z0-9-]+$/;

interface JsonFileType<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly knownKeys: (path: readonly PropertyKey[]) => readonly string[];
}

const scenarioFile = { schema: scenarioSchema, knownKeys: schemaKeys(scenarioSchema) };
const sourcesFile = { schema: sourcesSchema, knownKeys: schemaKeys(sourcesSchema) };

function readJsonFile<Schema extends z.ZodType>(
  file: string,
  { schema, knownKeys }: JsonFileType<Schema>,
  problems: string[],
  name = file,
): { readonly data: z.infer<Schema>; readonly document: JsonDocument } | undefined {
  if (!existsSync(file)) {
    problems.push(`${name}: is missing`);
    return undefined;
  }
  let document: JsonDocument;
  try {
    document = readJson(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error;
    problems.push(`${name}:${error.place}: ${error.message}`);
    return undefined;
  }
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return { data: parsed.data, document };
  for (const problem of describeIssues(parsed.error.issues, { input: document.value, knownKeys }))
    problems.push(placed(name, document, problem));
  return undefined;
}

/** The problem behind its file, and its line and column, where its field has some. */
function placed(name: string, document: JsonDocument, problem: string): string {
  const place = document.place(readFieldPath(problem.slice(0, problem.indexOf(': '))));
  return `${name}${place === undefined ? '' : `:${place}`}: ${problem}`;
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
