import { QwireError } from '../qwire-error.ts';

/**
 * What the model is told of a tool's output: text as it is, anything else as JSON.
 *
 * @param field the tool's member that the error names
 * @throws QwireError of kind `invalid-request` for what JSON cannot hold, such as `undefined`, functions and cycles.
 */
export function toToolContent(output: unknown, field: string): string {
  if (typeof output === 'string') return output;
  const json = toJson(output, field);
  if (json === undefined) throw unusable(field, 'returned nothing');
  return json;
}

function toJson(output: unknown, field: string): string | undefined {
  try {
    return JSON.stringify(output, refuseFunctions);
  } catch (cause) {
    const [problem] = String(cause).split('\n');
    throw unusable(field, `returned what cannot be written as JSON: ${problem}`, cause);
  }
}

/** Inside of an object they would be left out in silence. */
function refuseFunctions(key: string, value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`${key ? `"${key}"` : 'it'} is a ${typeof value}`);
  }
  return value;
}

function unusable(field: string, problem: string, cause?: unknown): QwireError {
  return new QwireError(`${field}: ${problem}`, {
    kind: 'invalid-request',
    field,
    hint: 'Return text, or a value that JSON can hold; where there is nothing to say, a word such as "done".',
    cause,
  });
}
