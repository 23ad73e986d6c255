import type { ChatResponse } from './chat-response.ts';
import { createPartialObjectReader } from './partial-object-reader.ts';
import { QwireError } from './qwire-error.ts';
import type { ToolRunEvent } from './run-tools/tool-run.ts';

/**
 * What there may be of a value while it is still written: members may be missing, lists may be short, and a text may
 * be the beginning of one, so that texts of a fixed choice are any text.
 */
export type DeepPartial<T> = T extends string
  ? string
  : T extends readonly unknown[]
    ? number extends T['length']
      ? readonly DeepPartial<T[number]>[]
      : { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T extends object
      ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
      : T;

/** A stream of a client, or the run of `runTools`. */
interface TextStream<T> extends AsyncIterable<ToolRunEvent> {
  response(): Promise<ChatResponse<T>>;
}

/**
 * The JSON of a reply as it grows, each time a value of its own that no later one changes. It is what the model has
 * written so far; the reply's schema checks it only when it is whole, in `response()`. The last one is the whole.
 *
 * Reads the stream, whose `response()` is there for the finished reply. Of a run with tools each reply starts anew.
 *
 * @throws QwireError what `response()` throws, such as kind `invalid-response` when the text is not JSON; and of kind
 * `configuration` when the request did not ask for JSON.
 */
export async function* partialObjects<T>(
  stream: TextStream<T>,
): AsyncGenerator<DeepPartial<T>, void, undefined> {
  let reader = createPartialObjectReader();
  for await (const event of stream) {
    if (event.type === 'response-start') reader = createPartialObjectReader();
    const grown = event.type === 'text-delta' ? reader.push(event.text) : undefined;
    if (grown !== undefined) yield grown as DeepPartial<T>;
  }
  const last = reader.end();
  if (last !== undefined) yield last as DeepPartial<T>;
  const response = await stream.response();
  if (!('object' in response) && response.toolCalls.length === 0) throw noJsonAsked();
}

function noJsonAsked(): QwireError {
  return new QwireError('responseFormat: the request asked for text, which does not grow as JSON does', {
    kind: 'configuration',
    field: 'responseFormat',
    hint: 'Give a schema or "json" as responseFormat, or read the stream’s textStream.',
  });
}
