import type { ChatRequest, NamedSchema, ResponseFormat } from './chat-request.ts';
import type { ChatResponse } from './chat-response.ts';
import { parseJson } from './json.ts';
import { QwireError } from './qwire-error.ts';
import { isStandardSchema, type StandardSchema } from './schema.ts';

/** The schema of a response format, in its long form; `undefined` when it has none. */
export function namedSchema<T>(format: ResponseFormat<T> | undefined): NamedSchema<T> | undefined {
  if (format === undefined || typeof format === 'string') return undefined;
  return isNamed(format) ? format : { schema: format };
}

/** No JSON Schema has a member of this name at its top. */
function isNamed<T>(format: Exclude<ResponseFormat<T>, string>): format is NamedSchema<T> {
  return !isStandardSchema(format) && 'schema' in format;
}

/**
 * The reply with its text read as JSON, when the request asked for that; at once when it did not.
 *
 * @throws QwireError of kind `invalid-response`, with the text, when it is not JSON or not of the schema.
 */
export function withObject<T>(
  response: ChatResponse,
  { responseFormat }: ChatRequest<T>,
): ChatResponse<T> | Promise<ChatResponse<T>> {
  const asked = responseFormat !== undefined && responseFormat !== 'text';
  if (!asked || response.toolCalls.length > 0) return response as ChatResponse<T>;
  return readObject(response, responseFormat);
}

async function readObject<T>(response: ChatResponse, format: ResponseFormat<T>): Promise<ChatResponse<T>> {
  const value = parseJson(response.text);
  if (value === undefined) throw notJson(response);
  const schema = namedSchema(format)?.schema;
  const object = schema && isStandardSchema(schema) ? await validate(schema, { value, response }) : value;
  return { ...response, object: object as T };
}

async function validate(
  schema: StandardSchema,
  { value, response }: { readonly value: unknown; readonly response: ChatResponse },
): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return result.value;
  const problems = result.issues.slice(0, 5).map(({ message, path = [] }) => {
    const keys = path.map((key) => String(typeof key === 'object' ? key.key : key));
    return keys.length > 0 ? `${keys.join('.')}: ${message}` : message;
  });
  throw unusable(`The reply is not of the schema: ${problems.join('; ')}`, response);
}

function notJson(response: ChatResponse): QwireError {
  const cut = response.finishReason === 'length';
  return unusable(
    cut ? 'The reply was cut off before its JSON was complete' : 'The reply is not JSON',
    response,
  );
}

function unusable(message: string, { text, requestId, finishReason }: ChatResponse): QwireError {
  return new QwireError(message, {
    kind: 'invalid-response',
    text,
    requestId,
    hint:
      finishReason === 'length'
        ? 'Raise maxTokens, or leave it out. The text that came is in "text".'
        : 'Ask again, or describe the shape in a message. The text that came is in "text".',
  });
}
