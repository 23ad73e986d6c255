import OpenAI, { OpenAIError } from 'openai';
import type { Subject, SubjectCall } from './subject.ts';

const body = {
  model: 'qwen-plus',
  messages: [{ role: 'user' as const, content: 'Which lake is in Hangzhou?' }],
};

/** The official `openai` package. It has one time limit, which here is the shortest of the call's. */
export const openaiSubject: Subject = {
  name: 'openai',
  wires: ['openai-compatible'],
  async chat({ signal, ...call }) {
    const { choices } = await createClient(call).chat.completions.create(body, { signal });
    return choices[0]?.message.content ?? '';
  },
  async *stream({ signal, ...call }) {
    const chunks = await createClient(call).chat.completions.create({ ...body, stream: true }, { signal });
    for await (const { choices } of chunks) {
      const text = choices[0]?.delta.content;
      if (text) yield text;
    }
  },
  readError(error) {
    return error instanceof OpenAIError ? { kind: error.constructor.name } : undefined;
  },
};

function createClient({ baseURL, apiKey, maxRetries, timeouts }: Omit<SubjectCall, 'signal'>): OpenAI {
  return new OpenAI({
    baseURL: `${baseURL}/compatible-mode/v1`,
    apiKey,
    maxRetries,
    timeout: Math.min(...Object.values(timeouts)),
    logLevel: 'off',
  });
}
