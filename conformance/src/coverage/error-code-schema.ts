import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describeIssues } from '../describe-issues.ts';
import { CaseFormatError } from '../load-cases.ts';
import { packageRoot } from '../package-root.ts';
import { errorTraits } from './sent-errors.ts';

const trait = z.enum(errorTraits);

/** One way in which a wire sends a code. */
const sending = z.strictObject({
  /** This wire's spelling, where it is another; `null` where the failure comes without a code. */
  code: z.string().nullable().optional(),
  /** HTTP's, or inside a stream the one that the frame names. Not stated where no document names one. */
  status: z.int().optional(),
  /** In place of a reply, or as a frame of a stream that began with status 200. */
  place: z.enum(['reply', 'stream']).default('reply'),
  /** What the envelope must be like, where the documents show this code in one of its own. */
  traits: z.array(trait).default([]),
  /** A part of the message, where the message decides what the failure means. */
  message: z.string().min(1).optional(),
  /** A key of sources.json, where it is another than the code's. */
  source: z.string().optional(),
});

const sendings = z.array(sending).min(1);

const common = {
  code: z.string().nullable(),
  /** A key of sources.json. */
  source: z.string(),
  /** Where on the page, in the page's words. */
  section: z.string(),
};

const documentedCode = z.union([
  z
    .strictObject({ ...common, 'openai-compatible': sendings.optional(), dashscope: sendings.optional() })
    .refine(
      (entry) => entry.dashscope ?? entry['openai-compatible'],
      'names no wire: state who sends it, or why no call meets it as "never"',
    ),
  /** No reply to a call holds it; why. */
  z.strictObject({ ...common, never: z.string().min(1) }),
]);

const documentedEnvelope = z.strictObject({
  /** One line that says what is different about it. */
  title: z.string(),
  wire: z.enum(['openai-compatible', 'dashscope']),
  place: z.enum(['reply', 'stream']).default('reply'),
  status: z.int().optional(),
  traits: z.array(trait).min(1),
  source: z.string(),
  section: z.string().optional(),
});

const errorCodesSchema = z.strictObject({
  codes: z.array(documentedCode),
  envelopes: z.array(documentedEnvelope),
});

/** Every error code that is documented, and every envelope that errors were seen in. */
export type DocumentedErrors = z.infer<typeof errorCodesSchema>;
export type Sending = z.infer<typeof sending>;

/** @throws CaseFormatError naming every mistake in the file. */
export function loadDocumentedErrors(
  file = join(packageRoot, 'coverage', 'error-codes.json'),
): DocumentedErrors {
  const parsed = errorCodesSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new CaseFormatError(
    describeIssues(parsed.error.issues).map((issue) => `coverage/error-codes.json: ${issue}`),
  );
}
