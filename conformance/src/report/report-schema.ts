import * as z from 'zod';
import { carrierNames, sourcesSchema, wireNames } from '../case-schema.ts';
import { verdicts } from '../judge.ts';

const wireFormat = z.enum(wireNames as readonly [string, ...string[]]);
const carrier = z.enum(carrierNames);
const count = z.int().min(0);

const difference = z.strictObject({
  path: z.string().describe('Such as response.usage.inputTokens or requests[0].body.stream'),
  expected: z.json().optional().describe('Left out: nothing was expected there'),
  actual: z.json().optional().describe('Left out: nothing was there'),
});

const request = z.strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.json().describe('Parsed where it is JSON, else text'),
  reply: z.strictObject({
    state: z.enum(['waiting', 'sending', 'finished', 'released']),
    chunks: z.array(z.strictObject({ bytes: count, atMs: count.describe('Since the reply began') })),
  }),
});

const outcome = z
  .looseObject({
    ended: z.enum(['completed', 'failed', 'cancelled']),
    events: z.array(z.looseObject({ type: z.string() })).optional(),
    response: z.looseObject({}).optional(),
    error: z.looseObject({ kind: z.string() }).optional(),
  })
  .describe('What the caller saw, in the words of @qwire/core');

const citation = z.strictObject({
  source: z.string().describe('A key of sources'),
  section: z.string().optional(),
  supports: z.string(),
});

const result = z.strictObject({
  case: z.string().describe('Wire and behavior, such as dashscope/errors/rejected-key'),
  behavior: z.string(),
  wireFormat,
  title: z.string(),
  level: z.enum(['must', 'should', 'may']),
  status: z.enum(['tentative', 'stable', 'withdrawn']),
  provenance: z.enum(['documented', 'recorded', 'reported', 'derived', 'synthetic']),
  sources: z.array(citation),
  overrides: z.array(z.string()).describe("Where this wire's expectation differs from the scenario's"),
  client: z.string(),
  carrier,
  verdict: z.enum(verdicts),
  because: z.string().optional(),
  differences: z.array(difference),
  outcome: outcome.optional(),
  requests: z.array(request),
  durationMs: count,
});

/** The content of `report.json`. */
export const reportSchema = z.strictObject({
  reportVersion: z.literal(1).describe('Changes when a reader of the report would have to'),
  suiteVersion: z.string(),
  casesDigest: z.string().describe('Changes whenever a byte of a case changes'),
  node: z.string(),
  msw: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: count,
  carriers: z.array(carrier),
  clients: z.array(z.strictObject({ name: z.string(), version: z.string(), wireFormat })),
  problems: z.array(z.string()).describe('What is wrong with the run itself; any of it fails the run'),
  warnings: z.array(z.string()),
  results: z.array(result),
  sources: sourcesSchema.describe('What the results cite'),
  absent: z.array(z.strictObject({ behavior: z.string(), wireFormat, because: z.string() })),
});
