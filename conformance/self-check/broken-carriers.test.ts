import { describe, expect, test } from 'vitest';
import type { Carrier } from '../src/carrier.ts';
import { carrierNames } from '../src/case-schema.ts';
import { checkCarrier } from '../src/check-carrier.ts';
import { withCarrier } from './with-carrier.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Break = (body: ReadableStream<Bytes>) => ReadableStream<Bytes>;

/** What can go wrong when a carrier changes, and the property of the check that has to see it. */
const broken: Readonly<Record<string, { readonly fact: string; readonly change: Break }>> = {
  'joins chunks': { fact: 'chunks arrive as they were cut', change: inPairs },
  'ends a reply properly that was cut': {
    fact: 'a cut connection is an error',
    change: (body) => pipe(body, { onCut: (controller) => controller.close() }),
  },
  'does not pass on that a client left': {
    fact: 'leaving the body returns and is noticed',
    change: (body) => pipe(body, { passesCancel: false }),
  },
};

describe.each(carrierNames)('the check of %s', (name) => {
  test.each(Object.entries(broken))('sees a carrier that %s', async (_, { fact, change }) => {
    const problems = await withCarrier(name, (carrier) => checkCarrier(changing(carrier, change)));
    expect(problems).toContainEqual(expect.stringContaining(fact));
  });

  test('sees a carrier that forgets requests of no case', async () => {
    const problems = await withCarrier(name, (carrier) => checkCarrier({ ...carrier, unmatched: [] }));
    expect(problems).toEqual([`${name}: a request of no case is kept and goes nowhere: it was not kept`]);
  });

  test('sees nothing wrong in a carrier that passes on what it gets', async () => {
    expect(
      await withCarrier(name, (carrier) => checkCarrier(changing(carrier, (body) => pipe(body, {})))),
    ).toEqual([]);
  });
});

/** The carrier, with the body of every reply changed. */
function changing(carrier: Carrier, change: Break): Carrier {
  return {
    ...carrier,
    use(run) {
      if (!run) return carrier.use(undefined);
      carrier.use({
        ...run,
        async respond(request) {
          const { body, status, headers } = await run.respond(request);
          return status === 0 ? Response.error() : new Response(body && change(body), { status, headers });
        },
      });
    },
  };
}

interface PipeOptions {
  readonly onCut?: (controller: ReadableStreamDefaultController<Bytes>) => void;
  readonly passesCancel?: boolean;
}

function pipe(
  body: ReadableStream<Bytes>,
  { onCut, passesCancel = true }: PipeOptions,
): ReadableStream<Bytes> {
  const reader = body.getReader();
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const { value } = await reader.read();
          if (value) controller.enqueue(value);
          else controller.close();
        } catch (error) {
          if (onCut) onCut(controller);
          else controller.error(error);
        }
      },
      async cancel() {
        if (passesCancel) await reader.cancel();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Every two chunks as one. */
function inPairs(body: ReadableStream<Bytes>): ReadableStream<Bytes> {
  let held: Bytes | undefined;
  return body.pipeThrough(
    new TransformStream<Bytes, Bytes>({
      transform(chunk, controller) {
        if (held) controller.enqueue(new Uint8Array([...held, ...chunk]));
        held = held ? undefined : chunk;
      },
      flush(controller) {
        if (held) controller.enqueue(held);
      },
    }),
  );
}
