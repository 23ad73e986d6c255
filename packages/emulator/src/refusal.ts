import type { ScriptedError } from './config.ts';
import { type DocumentedError, type DocumentedErrorName, documentedErrors } from './documented-errors.ts';

/** A call that the service refuses, or gives up. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: DocumentedError;

  constructor(error: DocumentedError) {
    super(error.native.message);
    this.error = error;
  }
}

/** The documented error, with `{model}` and the like replaced. */
export function documented(
  name: DocumentedErrorName,
  values: Readonly<Record<string, string>> = {},
): Refusal {
  const error = documentedErrors.get(name);
  if (error === undefined) throw new Error(`no documented error ${name}`);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (placeholder, key) => values[key] ?? placeholder);
  const { message } = error.compatible;
  return new Refusal({
    ...error,
    native: { ...error.native, message: fill(error.native.message) },
    compatible: { ...error.compatible, ...(message !== undefined && { message: fill(message) }) },
  });
}

/** 400 for a parameter, in the service's words. */
export function invalidParameter(
  message: string,
  codes: { readonly native?: string; readonly compatible?: string } = {},
): Refusal {
  return new Refusal({
    status: 400,
    native: { code: codes.native ?? 'InvalidParameter', message },
    compatible: { code: codes.compatible ?? 'invalid_parameter_error', type: 'invalid_request_error' },
    layer: 'model',
  });
}

/** An error that a configuration asks for. */
export function scripted(error: ScriptedError, model: string): Refusal {
  if (typeof error === 'string') return documented(error, { model });
  const { status, code, message, type = code } = error;
  return new Refusal({ status, native: { code, message }, compatible: { code, type }, layer: 'gateway' });
}
