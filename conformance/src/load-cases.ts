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
import { lintScenario } from './lint-scenario.ts';
import { leafPaths, mergeExpectation } from './merge-expectation.ts';
import { packageRoot } from './package-root.ts';

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

/** Everything that is wrong in the cases, one line each: file, field, what is wrong. */
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
}

/**
 * Reads and checks every scenario.
 *
 * @throws CaseFormatError naming every mistake with its file and field.
 */
export function loadCases({ root = packageRoot }: LoadOptions = {}): CaseIndex {
  const problems: string[] = [];
  const hash = createHash('sha256');
  const sources = readJsonFile(join(root, 'sources.json'), sourcesSchema, problems) ?? {};
  const behaviors = new Map<string, string>();
  const cases: ConformanceCase[] = [];
  const absent: AbsentCase[] = [];

  for (const behavior of scenarioFolders(join(root, 'cases'), problems)) {
    const folder = join(root, 'cases', behavior);
    const file = join(folder, 'scenario.json');
    const name = `cases/${behavior}/scenario.json`;
    const scenario = readJsonFile(file, scenarioSchema, problems, name);
    if (!scenario) continue;
    for (const problem of lintScenario({ scenario, sources, folder, behaviors }))
      problems.push(`${name}: ${problem}`);
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

function scenarioFolders(casesFolder: string, problems: string[]): string[] {
  if (!existsSync(casesFolder)) throw new CaseFormatError([`${casesFolder}: there is no such folder`]);
  const files = readdirSync(casesFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const folders = new Set(
    files.map(({ parentPath }) => relative(casesFolder, parentPath).split(sep).join('/')),
  );
  const named = [...folders].sort();
  return named.filter((folder) => {
    if (/^[a-z0-9-]+\/[a-z0-9-]+$/.test(folder)) return true;
    problems.push(
      `cases/${folder}: a scenario lies in cases/<group>/<name>, in lower case letters, digits and "-"`,
    );
    return false;
  });
}

function readJsonFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  problems: string[],
  name = file,
): z.infer<Schema> | undefined {
  if (!existsSync(file)) {
    problems.push(`${name}: is missing`);
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push(`${name}: is not JSON: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of describeIssues(parsed.error.issues)) problems.push(`${name}: ${issue}`);
  return undefined;
}
