// An adapter as somebody else would begin one: it speaks the OpenAI-compatible wire, calls no tools, and forgets what the
// model thought.
import { type CapabilityKey, capabilityKeys, QwireError, type Support, type WireFormat } from '@qwire/core';
import {
  asList,
  asNumber,
  asRecord,
  asText,
  createChoice,
  EventWriter,
  invalid,
  parseJson,
  serviceError,
} from '@qwire/core/adapter-kit';

const able: readonly string[] = ['text', 'streaming', 'thinking', 'workspace-routing', 'cancellation'];
const support = (key: CapabilityKey): Support =>
  able.includes(key) || { supported: false, because: 'Toys are small.' };

export const toyWire: WireFormat = {
  name: 'openai-compatible',
  root: '/compatible-mode/v1',
  baseURLVariable: 'DASHSCOPE_COMPATIBLE_BASE_URL',
  capabilities: Object.fromEntries(
    capabilityKeys.map((key) => [key, support(key)]),
  ) as unknown as WireFormat['capabilities'],
  writeChat({ model, messages, tools, thinking }, { stream }) {
    if (tools) throw invalid('tools', 'is more than this toy can do');
    const body = {
      model,
      messages,
      ...(stream && { stream, stream_options: { include_usage: true } }),
      ...(thinking !== undefined && { enable_thinking: thinking }),
    };
    return { path: '/chat/completions', headers: {}, body, warnings: [] };
  },
  readChat(text, { request }) {
    const body = asRecord(parseJson(text));
    const { message, finish_reason } = asRecord(asList(body.choices)[0]);
    const choice = createChoice({
      text: asText(asRecord(message).content) ?? '',
      reasoning: undefined,
      toolCalls: [],
      finishReason: 'stop',
      rawFinishReason: asText(finish_reason),
    });
    return {
      ...choice,
      choices: [choice],
      usage: readUsage(body.usage),
      sources: [],
      warnings: [],
      requestId: asText(body.id)?.replace('chatcmpl-', ''),
      model: asText(body.model) ?? request.model,
      raw: body,
    };
  },
  createStreamReader({ request, emit }) {
    const writer = new EventWriter(emit);
    let done = false;
    return {
      get done() {
        return done;
      },
      raw: undefined,
      end: () => writer.end(),
      read({ data }) {
        done = data === '[DONE]';
        if (done) return;
        const body = asRecord(parseJson(data));
        if (!body.choices) return;
        const choice = asRecord(asList(body.choices)[0]);
        writer.start(asText(body.id)?.replace('chatcmpl-', ''), asText(body.model) ?? request.model);
        writer.text(asText(asRecord(choice.delta).content) ?? '');
        if (body.usage) writer.usage(body.usage, readUsage);
        if (typeof choice.finish_reason === 'string') writer.finish('stop', choice.finish_reason);
      },
    };
  },
  writeEmbed: refuseEmbeddings,
  readEmbed: refuseEmbeddings,
  readError: serviceError,
};

function refuseEmbeddings(): never {
  throw new QwireError('This toy makes no vectors', { kind: 'invalid-request' });
}

function readUsage(value: unknown) {
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details } = asRecord(value);
  const cachedInputTokens = asNumber(asRecord(prompt_tokens_details).cached_tokens);
  return {
    inputTokens: asNumber(prompt_tokens),
    outputTokens: asNumber(completion_tokens),
    totalTokens: asNumber(total_tokens),
    ...(cachedInputTokens === undefined ? {} : { cachedInputTokens }),
  };
}
