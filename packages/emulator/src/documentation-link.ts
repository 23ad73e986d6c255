import type { Quirks } from './config.ts';
import type { Refusal } from './refusal.ts';

/** The message with the link that the service appends since about April 2026, where the anchor is known. */
export function withDocumentationLink(message: string, { error }: Refusal, quirks: Quirks): string {
  if (!quirks.documentationLinks || error.anchor === undefined) return message;
  return `${message} For details, see: https://help.aliyun.com/zh/model-studio/error-code#${error.anchor}`;
}
