import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type WireName, wireNames } from '../case-schema.ts';
import { describeIssues } from '../describe-issues.ts';
import { CaseFormatError } from '../load-cases.ts';
import { packageRoot } from '../package-root.ts';

const list = z.array(z.string().min(1)).min(1).optional();

/** What must be found in the named cases; every item in at least one of them. Paths as in `WirePath`. */
const evidence = {
  /** Paths in the body of a request that is checked. */
  sends: list,
  /** `name`, or `name=value`. */
  sendsHeaders: list,
  /** Paths that a request may not have. */
  omits: list,
  /** Headers that a request may not have. */
  omitsHeaders: list,
  /** Ends of addresses that are called. */
  calls: list,
  /** Paths in a reply without which, or with another value in which, the case fails. */
  reads: list,
  /** Headers of a reply, likewise. */
  readsHeaders: list,
  /** Paths in a reply that may be missing as well: nothing changes without them. */
  ignores: list,
  ignoresHeaders: list,
  /** Text in the bytes of a reply. */
  bytes: list,
  /** Seeded defects that the case is proven to catch. */
  guards: list,
  /** `kind`, or `kind code`, of the failure that a caller sees. */
  fails: list,
  /** Scenarios that declare, with the reason, that this wire has no such thing. */
  absent: list,
};

const common = {
  /** Unique on its wire; lower-case letters, digits and `-`. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Part of the API reference: "parameters", "streaming", and so on. */
  section: z.string(),
  fact: z
    .string()
    .regex(/^[A-Z0-9`].*[^.]$/, 'is one sentence that begins with a capital, without a full stop'),
  ...evidence,
};

const cases = z.array(z.string()).min(1);

/** `file#heading`, below the repository's root. */
const documented = z.string().regex(/^[\w./-]+\.md#[a-z0-9-]+$/);

const testReference = z.string().regex(/^[\w./-]+\.test\.ts: .+$/, 'is "file.test.ts: title of the test"');

const chatFactSchema = z.discriminatedUnion('state', [
  /** Covered by these scenarios. */
  z.strictObject({ ...common, state: z.literal('case'), cases: cases.optional() }),
  /** Sent by way of `extra`, where a heading says so. */
  z.strictObject({ ...common, state: z.literal('extra'), documented }),
  /** Read from `raw`, where a heading says so. */
  z.strictObject({ ...common, state: z.literal('raw'), documented }),
  /** Refused before anything is sent, in these scenarios. */
  z.strictObject({ ...common, state: z.literal('refused'), cases }),
  /** Kept by tests elsewhere in the repository, because it is not an exchange of one wire: `file: title of the test`. */
  z.strictObject({ ...common, state: z.literal('test'), tests: z.array(testReference).min(1) }),
  /** Still to do. */
  z.strictObject({ ...common, state: z.literal('uncovered'), needs: z.string().optional() }),
]);

export type ChatFact = z.infer<typeof chatFactSchema>;

/** The ways in which a fact can be shown by a case. */
export type EvidenceKind = keyof typeof evidence;

export const evidenceKinds = Object.keys(evidence) as readonly EvidenceKind[];

/** What one wire's reference says about chat, one entry for each fact. */
export type ChatFacts = Readonly<Record<WireName, readonly ChatFact[]>>;

/**
 * Reads the coverage lists.
 *
 * @throws CaseFormatError naming every mistake with its file and field.
 */
export function loadChatFacts(root = packageRoot): ChatFacts {
  const problems: string[] = [];
  const loaded = wireNames.map((wire) => {
    const name = `coverage/chat-facts.${wire}.json`;
    const file = join(root, name);
    if (!existsSync(file)) problems.push(`${name}: is missing`);
    const json: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    const parsed = z.array(chatFactSchema).safeParse(json);
    if (!parsed.success)
      problems.push(...describeIssues(parsed.error.issues).map((issue) => `${name}: ${issue}`));
    const facts = parsed.data ?? [];
    const ids = facts.map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    problems.push(...twice.map((id) => `${name}: "${id}" is there twice`));
    return [wire, facts] as const;
  });
  if (problems.length > 0) throw new CaseFormatError(problems);
  return Object.fromEntries(loaded) as unknown as ChatFacts;
}
