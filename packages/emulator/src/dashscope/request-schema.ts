import * as z from 'zod';
import {
  cacheControl,
  imageOptions,
  roles,
  samplingShape,
  toolCallSchema,
  unknownRole,
  videoOptions,
} from '../sampling-schema.ts';

const unknownModal = 'The item of content should be a message of a certain modal.';

const ocrTasks = [
  'text_recognition',
  'key_information_extraction',
  'table_parsing',
  'document_parsing',
  'formula_recognition',
  'multi_lan',
  'advanced_recognition',
] as const;

const part = z
  .strictObject(
    {
      /** Text path only, beside `cache_control` or a document. */
      type: z.enum(['text', 'doc_url']).optional(),
      doc_url: z.array(z.string()).optional(),
      file_parsing_strategy: z.string().optional(),
      text: z.string({ error: unknownModal }).optional(),
      image: z.string({ error: unknownModal }).optional(),
      video: z.union([z.string(), z.array(z.string())], { error: unknownModal }).optional(),
      audio: z.string({ error: unknownModal }).optional(),
      ...imageOptions,
      ...videoOptions,
      cache_control: cacheControl,
    },
    { error: unknownModal },
  )
  .refine(
    ({ text, image, video, audio, doc_url }) =>
      [text, image, video, audio, doc_url].filter((value) => value !== undefined).length === 1,
    { error: unknownModal },
  );

const message = z.strictObject({
  role: z.enum(roles, { error: unknownRole }),
  content: z.union([z.string(), z.array(part)], { error: contentError }).nullish(),
  name: z.string().nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
  tool_call_id: z.string().optional(),
  reasoning_content: z.string().nullish(),
  partial: z.boolean().optional(),
});

function contentError(issue: z.core.$ZodRawIssue): string {
  return Array.isArray(issue.input) ? unknownModal : 'Input content must be a string.';
}

const notBoth = 'Either "prompt" or "messages" must exist and cannot both be none';

/**
 * The body of both generation paths, with the service's words for what is wrong.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api
 */
export const requestSchema = z.strictObject({
  model: z.string(),
  input: z
    .strictObject({
      messages: z.array(message, { error: 'Required parameter(messages) missing or invalid' }).nullish(),
      prompt: z.string().nullish(),
      history: z.unknown().optional(),
    })
    .refine(({ messages, prompt }) => (messages ?? prompt ?? undefined) !== undefined, { error: notBoth }),
  parameters: z
    .strictObject({
      ...samplingShape,
      seed: z
        .int({ error: "'seed' must be Integer" })
        .min(0, 'Range of seed should be [0, 9223372036854775807]')
        .nullish(),
      result_format: z
        .enum(['text', 'message'], { error: 'Required parameter(result_format) missing or invalid' })
        .nullish(),
      incremental_output: z.boolean({ error: "'incremental_output' must be Boolean" }).nullish(),
      /** No parameter of the wire, but the Python SDK sends it. */
      stream: z.unknown().optional(),
      enable_text_image_mixed: z.boolean().nullish(),
      vl_enable_image_hw_output: z.boolean().nullish(),
      ocr_options: z
        .strictObject({
          task: z.enum(ocrTasks),
          task_config: z
            .strictObject({ result_schema: z.record(z.string(), z.unknown()).nullish() })
            .nullish(),
        })
        .nullish(),
      skill: z.array(z.looseObject({})).nullish(),
      size: z.string().nullish(),
      negative_prompt: z.string().nullish(),
      prompt_extend: z.boolean().nullish(),
      watermark: z.boolean().nullish(),
      enable_interleave: z.boolean().nullish(),
    })
    .nullish(),
});

export type RequestBody = z.output<typeof requestSchema>;
