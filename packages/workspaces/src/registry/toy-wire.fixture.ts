import { type Capabilities, type ClientOptions, capabilityKeys } from '@qwire/core';
import {
  createChoice,
  createClient,
  createResponse,
  EventWriter,
  serviceError,
  unreportedUsage,
  type WireFormat,
} from '@qwire/core/adapter-kit';

/** A wire that says only what these tests read: text comes back as it is (as thoughts when it begins with `Hm`), and failures as the service writes them. */
const toy: WireFormat = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: Object.fromEntries(capabilityKeys.map((key) => [key, true])) as Capabilities,
  writeChat: ({ model }, { stream }) => ({
    path: '/say',
    headers: {},
    body: { model, stream },
    warnings: [],
  }),
  readChat: (body, { request: { model } }) =>
    createResponse(
      [
        createChoice({
          text: body,
          reasoning: undefined,
          toolCalls: [],
          finishReason: 'stop',
          rawFinishReason: 'stop',
        }),
      ],
      { usage: unreportedUsage, sources: [], warnings: [], requestId: undefined, model, raw: body },
    ),
  writeEmbed: ({ model }) => ({ path: '/embed', headers: {}, body: { model }, warnings: [] }),
  readEmbed: (body, { request: { model } }) => ({
    embeddings: [{ index: 0, vector: [1] }],
    usage: unreportedUsage,
    warnings: [],
    requestId: undefined,
    model,
    raw: body,
  }),
  createStreamReader({ emit, request: { model } }) {
    const writer = new EventWriter(emit);
    return {
      done: false,
      raw: undefined,
      read({ data }) {
        if (data === 'fail') throw serviceError({ status: 500, headers: new Headers(), body: '' });
        writer.start('r', model);
        if (data.startsWith('Hm')) writer.reasoning(data);
        else writer.text(data);
      },
      end() {
        writer.finish('stop', 'stop');
        writer.end();
      },
    };
  },
  readError: serviceError,
};

/** Stands in for an adapter's factory. */
export const createToy = (options: ClientOptions) => createClient(toy, options);

/** A `fetch` that keeps what it was asked, and answers the same each time. */
export function recordingFetch(answer: () => Response = () => new Response('fine')) {
  const requests: { readonly url: string; readonly key: string | null; readonly body: string }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    requests.push({
      url: request.url,
      key: request.headers.get('authorization'),
      body: await request.text(),
    });
    return answer();
  };
  return { fetch, requests };
}

export const hello = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] } as const;
