import { fuzz } from '@qwire/conformance/vitest';
import { type ChatRequest, type ClientOptions, QwireError } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import fc from 'fast-check';
import { expect } from 'vitest';
import { anyRequest, plausibleRequests } from './any-request.fixture.ts';
import { requestSchema as nativeSchema } from './dashscope/request-schema.ts';
import { requestSchema as compatibleSchema } from './openai-compatible/request-schema.ts';

const wires = [
  { wire: 'openai-compatible', create: createOpenAICompatible, schema: compatibleSchema, parameters: [] },
  { wire: 'dashscope', create: createDashScope, schema: nativeSchema, parameters: ['parameters'] },
] as const;

/** Words that core leaves open, because the service may come to know more of them; the emulator knows those of today. */
const openWords: Readonly<Record<string, string>> = { ttl: '5m', task: 'text_recognition' };

function closed(name: string, value: unknown): unknown {
  return typeof value === 'string' && value !== '' && Object.hasOwn(openWords, name)
    ? openWords[name]
    : value;
}

for (const { wire, create, schema, parameters } of wires) {
  /** Sends a request as far as the network: the body that arrived there, or the error when none did. */
  const send = async (request: ChatRequest, operation: 'chat' | 'stream') => {
    let body: string | undefined;
    const fetch: NonNullable<ClientOptions['fetch']> = async (_, init) => {
      body = String(init?.body);
      return new Response('{"code":"InvalidParameter","message":"Enough."}', { status: 400 });
    };
    const client = create({ apiKey: 'sk-fuzz', baseURL: 'http://127.0.0.1:1', maxRetries: 0, fetch });
    const call = operation === 'chat' ? client.chat(request) : client.stream(request).response();
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { body, error };
  };

  const check = async (request: ChatRequest, operation: 'chat' | 'stream') => {
    const { body, error } = await send(request, operation);
    if (!QwireError.is(error)) throw error ?? new Error('The call succeeded');
    if (body === undefined) {
      expect(['invalid-request', 'configuration']).toContain(error.kind);
      expect(error.field).toBeTypeOf('string');
      return;
    }
    const sent: unknown = JSON.parse(body, closed);
    // What "extra" says is the caller's own.
    const place = parameters.reduce((at, name) => (at as Record<string, object>)[name] ?? {}, sent as object);
    for (const name of Object.keys(request.extra ?? {})) Reflect.deleteProperty(place, name);
    expect(schema.safeParse(sent).error?.issues).toBeUndefined();
  };
  const operation = fc.constantFrom('chat', 'stream');

  fuzz(
    `${wire}: a request of core's vocabulary has a body that the strict schema accepts, or is refused by its field`,
    fc.asyncProperty(plausibleRequests, operation, check),
    2,
  );
  fuzz(
    `${wire}: any request has a body that the strict schema accepts, or is refused by its field`,
    fc.asyncProperty(anyRequest, operation, check),
    3,
  );
}
