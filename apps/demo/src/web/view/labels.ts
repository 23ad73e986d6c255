import type { ErrorKind, FinishReason } from '@qwire/core';
import type { Theme } from '../state/use-theme.ts';

const wireLabels: Readonly<Record<string, string>> = {
  'openai-compatible': 'OpenAI-compatible',
  dashscope: 'DashScope',
};

/** Name of a wire for people; a wire that has none keeps its own. */
export function wireLabel(wire: string): string {
  return wireLabels[wire] ?? wire;
}

export const finishLabels: Readonly<Record<FinishReason, string>> = {
  stop: 'Complete',
  length: 'Length limit',
  'tool-calls': 'Tool calls',
  'content-filter': 'Moderated',
  other: 'Other',
};

/** What happened, in a few words. */
export const errorTitles: Readonly<Record<ErrorKind, string>> = {
  configuration: 'Something is not set up',
  authentication: 'The key was not accepted',
  'permission-denied': 'Not allowed in this workspace',
  'model-not-found': 'There is no such model here',
  'invalid-request': 'The request is wrong',
  'context-length': 'The conversation is too long for the model',
  'content-filtered': 'Stopped by moderation',
  'rate-limited': 'Too many requests just now',
  'quota-exhausted': 'The quota is used up',
  billing: 'The account cannot pay for the call',
  unavailable: 'The service failed',
  timeout: 'A time limit ran out',
  connection: 'The connection failed',
  aborted: 'The call was stopped',
  'invalid-response': 'The answer cannot be read',
  'budget-exceeded': 'The budget of the workspace is spent',
};

export const themeLabels: Readonly<Record<Theme, string>> = {
  auto: 'Theme: as the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

/** A duration to be read at a glance. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
