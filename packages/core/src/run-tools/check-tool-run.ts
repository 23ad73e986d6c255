import { anything, boolean, type Check, checkObject, invalid, needed, whole } from '../check.ts';
import { checkCallOptions } from '../check-options.ts';
import { isRecord } from '../json.ts';
import type { ToolRunOptions, ToolRunRequest } from './tool-run.ts';

const optionChecks = () =>
  ({
    client: needed({
      what: 'a client, such as createDashScope()',
      accepts: (value) =>
        isRecord(value) && typeof value.chat === 'function' && typeof value.stream === 'function',
    }),
    maxSteps: whole(1),
    stream: boolean,
    signal: anything,
    headers: anything,
    maxRetries: anything,
    timeouts: anything,
    beforeRetry: anything,
  }) satisfies Record<keyof ToolRunOptions, Check>;

/**
 * Refuses what the client, which sees the request of each step, cannot know of or would refuse too late.
 *
 * @throws QwireError of kind `configuration` for options and `invalid-request` for the request
 */
export function checkToolRun(request: ToolRunRequest, options: ToolRunOptions): void {
  checkObject(options, optionChecks, { field: '', kind: 'configuration' });
  const { client: _, maxSteps: __, stream: ___, ...callOptions } = options;
  checkCallOptions(callOptions);
  if (!isRecord(request)) throw invalid('request', 'must be an object');
  const { messages, tools }: { messages: unknown; tools: unknown } = request;
  if (!Array.isArray(messages)) throw invalid('messages', 'must be a list of messages');
  const last: unknown = messages.at(-1);
  if (isRecord(last) && last.partial) {
    throw invalid(
      `messages[${messages.length - 1}].partial`,
      'cannot be used with runTools: answers to calls come after it',
    );
  }
  if (!Array.isArray(tools)) throw invalid('tools', 'must be a list of tools');
  for (const [index, tool] of tools.entries()) {
    if (!isRecord(tool)) throw invalid(`tools[${index}]`, 'must be an object');
    if (tool.execute !== undefined && typeof tool.execute !== 'function') {
      throw invalid(`tools[${index}].execute`, 'must be a function');
    }
  }
}
