import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Delivery,
  type Expectation,
  type Scenario,
  type Sources,
  type WireName,
  wireNames,
  wireRoots,
} from './case-schema.ts';
import { mergeExpectation } from './merge-expectation.ts';
import { suggest } from './name-closest.ts';

interface Surroundings {
  readonly scenario: Scenario;
  readonly sources: Sources;
  readonly folder: string;
  /** Titles of the scenarios read before, by behavior. */
  readonly behaviors: ReadonlyMap<string, string>;
  /** Names that guards may have; any unless given. */
  readonly defects?: readonly string[] | undefined;
}

/** Mistakes that the schema cannot see, each with its field. */
export function lintScenario(surroundings: Surroundings): string[] {
  const { scenario } = surroundings;
  return [
    ...lintTitle(surroundings),
    ...lintCall(scenario),
    ...lintSources(surroundings),
    ...lintGuards(surroundings),
    ...lintFiles(surroundings),
    ...wireNames.flatMap((wire) => lintWire(scenario, wire, surroundings.folder)),
    ...(wireNames.every((wire) => 'absent' in scenario.wires[wire]) ? ['wires: every wire is absent'] : []),
  ];
}

function lintTitle({ scenario, behaviors }: Surroundings): string[] {
  for (const [behavior, title] of behaviors) {
    if (title === scenario.title) return [`title: is also the title of ${behavior}`];
  }
  return [];
}

function lintCall({ call, carriers }: Scenario): string[] {
  const problems: string[] = [];
  const { workspaceId, workspaceIn, baseURL } = call.client;
  const loopback = carriers.includes('loopback');
  if (loopback && workspaceId && workspaceIn !== 'header') {
    problems.push('carriers: a workspace in the host can be seen by "intercept" only; state ["intercept"]');
  }
  if (loopback && baseURL !== undefined && URL.canParse(baseURL) && new URL(baseURL).pathname === '/') {
    problems.push('carriers: a base URL without a path can be seen by "intercept" only; state ["intercept"]');
  }
  const variables = Object.keys(call.environment);
  if (loopback && (call.client.region === null || variables.some((name) => name.endsWith('_BASE_URL')))) {
    problems.push(
      'carriers: where the address comes from can be seen by "intercept" only; state ["intercept"]',
    );
  }
  if (call.cancel && 'afterEvents' in call.cancel && call.operation === 'chat') {
    problems.push('call.cancel.afterEvents: "chat" has no events; use "before"');
  }
  return problems;
}

function lintSources({ scenario, sources }: Surroundings): string[] {
  const problems = scenario.sources.flatMap(({ source }, position) =>
    lintSource(source, `sources[${position}].source`, sources),
  );
  for (const wire of wireNames) {
    const { [wire]: exchanges } = scenario.wires;
    if ('absent' in exchanges) continue;
    if (scenario.sources.length + exchanges.sources.length === 0)
      problems.push(`wires.${wire}.sources: cite at least one, here or for the whole scenario`);
    exchanges.sources.forEach(({ source }, position) => {
      problems.push(...lintSource(source, `wires.${wire}.sources[${position}].source`, sources));
    });
  }
  return problems;
}

function lintSource(source: string, field: string, sources: Sources): string[] {
  if (Object.hasOwn(sources, source)) return [];
  return [
    `${field}: "${source}" is not in sources.json${suggest(source, Object.keys(sources)) || '; add it there'}`,
  ];
}

function lintGuards({ scenario, defects }: Surroundings): string[] {
  if (!defects) return [];
  const stated = [
    ...scenario.guards.map((guard, position) => ({ guard, field: `guards[${position}]` })),
    ...wireNames.flatMap((wire) => {
      const { [wire]: exchanges } = scenario.wires;
      if ('absent' in exchanges) return [];
      return exchanges.guards.map((guard, position) => ({
        guard,
        field: `wires.${wire}.guards[${position}]`,
      }));
    }),
  ];
  if (scenario.guards.length === 0) return ['guards: name at least one seeded defect that this catches'];
  return stated
    .filter(({ guard }) => !defects.includes(guard))
    .map(({ guard, field }) => {
      const hint = suggest(guard, defects) || '; defects/defects.ts lists them';
      return `${field}: "${guard}" is no seeded defect${hint}`;
    });
}

const replyFileName = /^(openai-compatible|dashscope)(\.[a-z0-9-]+)?\.(json|sse|body)$/;

function lintFiles({ scenario, folder }: Surroundings): string[] {
  const used = new Set(wireNames.flatMap((wire) => bodyFiles(scenario, wire)));
  const problems: string[] = [];
  for (const file of readdirSync(folder)) {
    if (file === 'scenario.json') continue;
    if (!replyFileName.test(file))
      problems.push(`${file}: a reply file is named <wire>.json, .sse or .body, or <wire>.<word>.json`);
    else if (!used.has(file)) problems.push(`${file}: no exchange refers to this file`);
  }
  return problems;
}

function bodyFiles(scenario: Scenario, wire: WireName): string[] {
  const { [wire]: exchanges } = scenario.wires;
  if ('absent' in exchanges) return [];
  return exchanges.exchanges.flatMap(({ reply }) =>
    reply.kind === 'http' && reply.bodyFile ? [reply.bodyFile] : [],
  );
}

function lintWire(scenario: Scenario, wire: WireName, folder: string): string[] {
  const { [wire]: exchanges } = scenario.wires;
  if ('absent' in exchanges) return [];
  const problems: string[] = [];
  const { call } = scenario;
  exchanges.exchanges.forEach(({ request, reply }, position) => {
    const field = `wires.${wire}.exchanges[${position}]`;
    const { baseURL } = call.client;
    if (baseURL === undefined && !new URL(request.url).pathname.startsWith(`${wireRoots[wire]}/`)) {
      problems.push(`${field}.request.url: lies below ${wireRoots[wire]}/ on this wire`);
    }
    if (reply.kind !== 'http') return;
    if (call.cancel && reply.delivery.end !== 'stall') {
      problems.push(
        `${field}.reply.delivery.end: is "stall" where the call is canceled, so that its release is seen`,
      );
    }
    if (reply.bodyFile === undefined) return;
    const file = join(folder, reply.bodyFile);
    if (!existsSync(file))
      problems.push(`${field}.reply.bodyFile: ${describeMissing(reply.bodyFile, folder)}`);
    else problems.push(...lintSplit(reply.delivery, statSync(file).size, field));
  });
  const merged = mergeExpectation(scenario.expect, exchanges.expect);
  return [...problems, ...lintExpectation(merged, scenario.call, `wires.${wire}: expect`)];
}

function describeMissing(bodyFile: string, folder: string): string {
  const present = readdirSync(folder).filter((name) => name !== 'scenario.json');
  return `there is no file "${bodyFile}"${suggest(bodyFile, present) || '; create it beside scenario.json'}`;
}

function lintSplit({ split }: Delivery, length: number, field: string): string[] {
  if (typeof split === 'string') return [];
  const rises = split.every((offset, position) => offset > (split[position - 1] ?? 0));
  if (rises && (split.at(-1) ?? 0) < length) return [];
  return [`${field}.reply.delivery.split: offsets rise, and end before the body's ${length} bytes do`];
}

function lintExpectation(expect: Expectation, call: Scenario['call'], field: string): string[] {
  const problems: string[] = [];
  const { ended, events, response, error } = expect;
  if (ended === undefined) problems.push(`${field}.ended: is missing`);
  if (ended === 'completed' && !response && !events)
    problems.push(`${field}.response: is missing for a completed call`);
  if (ended === 'completed' && error) problems.push(`${field}.error: cannot be expected of a completed call`);
  if (ended !== 'completed' && response)
    problems.push(`${field}.response: cannot be expected of a call that ended "${ended}"`);
  if (ended === 'failed' && error?.kind === undefined)
    problems.push(`${field}.error.kind: is missing for a failed call`);
  if (events && call.operation === 'chat') problems.push(`${field}.events: "chat" has no events`);
  if (call.cancel && ended !== 'cancelled') problems.push(`${field}.ended: is "cancelled" when the call is`);
  return problems;
}
