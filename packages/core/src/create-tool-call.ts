import { parseJson } from './json.ts';
import type { ToolCall } from './message.ts';
import { QwireError } from './qwire-error.ts';

/**
 * A finished call with its arguments parsed. Some models send calls without ids, which are kept so.
 *
 * @throws QwireError of kind `invalid-response` for a call that does not say of what; see tools/call-without-name.
 */
export function createToolCall(call: {
  readonly index: number;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string | undefined;
}): ToolCall {
  const { index, id = '', name, arguments: text = '' } = call;
  if (!name) {
    throw new QwireError(`The service sent tool call ${index} without a name`, { kind: 'invalid-response' });
  }
  return { id, name, arguments: text, input: parseJson(text) };
}
