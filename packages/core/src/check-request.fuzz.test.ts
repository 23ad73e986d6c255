import fc from 'fast-check';
import { expect } from 'vitest';
import { readingRequest } from './check.ts';
import { checkEmbedRequest } from './check-embed.ts';
import { checkChatRequest } from './check-request.ts';
import { fuzz } from './fuzz.fixture.ts';
import { QwireError } from './qwire-error.ts';
import { readRetryAfterMs } from './service-error/retry-after.ts';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});
const members = fc.constantFrom(
  'model',
  'messages',
  'role',
  'content',
  'type',
  'text',
  'tools',
  'name',
  'parameters',
  'stop',
  'extra',
  'thinking',
  'responseFormat',
  'schema',
  'search',
  'input',
  'cache',
  'video',
  'toolChoice',
  'logprobs',
  '~standard',
  '__proto__',
);
const requests = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('user', 'text', 'm', 'json', 'assistant', 'tool', 'tool-call', true),
    anything,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(members, tie('value'), { maxKeys: 5 }),
  ),
})).value;

fuzz(
  'any value is a request, or refused by the member that is wrong',
  fc.asyncProperty(fc.oneof(requests, fc.dictionary(members, requests)), async (value) => {
    for (const check of [checkChatRequest, checkEmbedRequest]) {
      try {
        readingRequest(value as object, () => check(value as never));
      } catch (error) {
        if (!QwireError.is(error)) throw error;
        expect(error).toMatchObject({ kind: 'invalid-request', field: expect.any(String) });
      }
    }
  }),
  10,
);

fuzz(
  'any header says a time to wait that can be waited, or none',
  fc.asyncProperty(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), async (text) => {
    for (const name of ['retry-after', 'retry-after-ms']) {
      const wait = readRetryAfterMs({ get: (asked) => (asked === name ? text : null) });
      expect(wait === undefined || (Number.isFinite(wait) && wait >= 0)).toBe(true);
    }
  }),
  10,
);
