import * as z from 'zod';
import { type CaseCall, type Expectation, type WireName, wireNames } from '../case-schema.ts';
import { isRecord } from '../is-record.ts';
import type { CaseIndex, ConformanceCase } from '../load-cases.ts';
import table from './asked-cases.json' with { type: 'json' };
import { keyStates, modelRoles, workspaceStates } from './server-setup.ts';

/** Tokens that a call may use at most: what the costs of a run are estimated with, and what live calls ask for. */
export const costClasses = {
  /** Refused before a model runs. */
  free: { inputTokens: 0, outputTokens: 0 },
  small: { inputTokens: 500, outputTokens: 110 },
  thinking: { inputTokens: 500, outputTokens: 320 },
} as const;

export type CostClass = keyof typeof costClasses;

const wires = z.array(z.enum(wireNames as [WireName, ...WireName[]])).optional();

const otherError = z.strictObject({
  because: z.string().min(1),
  error: z.strictObject({ kind: z.string(), code: z.string(), status: z.int() }),
  wires,
});

/** What a scenario needs of a server, and how its documented request is asked of one. */
const askedEntry = z.strictObject({
  behavior: z.string(),
  /** Scenario that states the documented request, where this one states only what matters to it. */
  asks: z.string().optional(),
  /** State of the key, the model and the workspace that are put into the request. */
  key: z.enum(keyStates).default('accepted'),
  model: z.enum(modelRoles).default('text'),
  workspace: z.enum(workspaceStates).optional(),
  /** Wire parameters that are added to that request: into the body, or into `parameters` on the native wire. */
  parameters: z.record(z.string(), z.json()).default({}),
  /** Members of the body that are left out. */
  without: z.array(z.string()).default([]),
  /** All of the scenario's wires unless given. */
  wires,
  cost: z.enum(['free', 'small', 'thinking']),
  /** Whether it is worth a call of the live service. */
  live: z.boolean().default(true),
  /** Whether a client performs the scenario's call as well: not where only the request on the wire can ask this. */
  outcome: z.boolean().default(true),
  /** Other refusals that are documented for the same request. */
  alsoAllowed: z.array(otherError).default([]),
});

export type AskedEntry = z.infer<typeof askedEntry>;

/** One case as it is asked of a server. */
export interface AskedCase {
  readonly testCase: ConformanceCase;
  readonly entry: AskedEntry;
  /** Whose first exchange states the request. */
  readonly asks: ConformanceCase;
  /** What a caller may see, the usual thing first. */
  readonly allowed: readonly Expectation[];
}

/**
 * The cases that can be asked of a server, in the order of the table.
 *
 * @throws Error naming an entry whose scenario is missing or states no whole request.
 */
export function loadAskedCases({ cases }: Pick<CaseIndex, 'cases'>, given: unknown = table): AskedCase[] {
  return z
    .array(askedEntry)
    .parse(given)
    .flatMap((entry) => {
      const asked = cases.filter(
        ({ behavior, wireFormat, status }) =>
          behavior === entry.behavior &&
          status !== 'withdrawn' &&
          (entry.wires?.includes(wireFormat) ?? true),
      );
      if (asked.length === 0) throw new Error(`asked-cases.json: ${entry.behavior} is no scenario`);
      return asked.map((testCase) => {
        const id = `${testCase.wireFormat}/${entry.asks ?? entry.behavior}`;
        const asks = cases.find((other) => other.id === id);
        if (!asks || !statesRequest(asks)) {
          throw new Error(
            `asked-cases.json: ${testCase.id}: ${id} states no whole request; name one that does in "asks"`,
          );
        }
        return { testCase, entry, asks, allowed: allowedExpectations(testCase, entry) };
      });
    });
}

function statesRequest({ exchanges: [first] }: ConformanceCase): boolean {
  const body = first?.request.body;
  return isRecord(body) && first?.request.bodyMatch === 'exact' && ('messages' in body || 'input' in body);
}

function allowedExpectations(testCase: ConformanceCase, { alsoAllowed }: AskedEntry): Expectation[] {
  const others = alsoAllowed.filter((other) => other.wires?.includes(testCase.wireFormat) ?? true);
  return [
    testCase.expect,
    ...testCase.alsoAllowed.map(({ expect }) => expect),
    ...others.map(({ error }) => ({ ended: 'failed', error }) as Expectation),
  ];
}

/** Whether a case's call is a stream. */
export function isStreamed({ operation }: CaseCall): boolean {
  return operation === 'stream';
}
