import type { ClientOptions } from '@qwire/core';
import * as z from 'zod';
import { type CaseCall, wireNames } from './case-schema.ts';
import { capabilitiesSchema } from './check-driver.ts';
import { outcomeSchema } from './child-outcome.ts';
import { describeIssues } from './describe-issues.ts';

/** Number of this protocol. It changes when a driver that kept to it would have to change. */
export const childProtocol = 1;

/** What is written to a child: one JSON object on each line. */
export type ToChild =
  | (Pick<CaseCall, 'operation' | 'request' | 'options' | 'environment'> & {
      readonly type: 'perform';
      readonly id: number;
      /** Options to create the client with. */
      readonly client: ClientOptions;
      /** The caller has aborted the call before it begins. */
      readonly aborted: boolean;
    })
  /** The answer to `received`. */
  | { readonly type: 'continue' | 'leave'; readonly id: number }
  /** The caller aborts the call. */
  | { readonly type: 'abort'; readonly id: number };

const id = z.int();

const hello = z.strictObject({
  type: z.literal('hello'),
  protocol: z.literal(childProtocol),
  name: z.string().min(1),
  version: z.string().min(1),
  wireFormat: z.enum(wireNames),
  supports: capabilitiesSchema,
  refusals: z.enum(['check', 'skip']).optional(),
});

const fromChild = z.discriminatedUnion('type', [
  hello,
  z.strictObject({ type: z.literal('received'), id }),
  z.strictObject({ type: z.literal('outcome'), id, outcome: outcomeSchema }),
  z.strictObject({ type: z.literal('not-tried'), id, because: z.string().min(1) }),
]);

/** What a child says of itself, first. */
export type ChildHello = z.infer<typeof hello>;

/** What a child writes: one JSON object on each line. */
export type FromChild = z.infer<typeof fromChild>;

/**
 * Reads one line of a child.
 *
 * @throws Error that shows the line and names each mistake with its field.
 */
export function readChildLine(line: string): FromChild {
  const shown = line.length > 200 ? `${line.slice(0, 200)}…` : line;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`wrote a line to stdout that is no JSON; stdout is for messages only: ${shown}`);
  }
  const parsed = fromChild.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`wrote a wrong message: ${shown}\n${describeIssues(parsed.error.issues).join('\n')}`);
}
