import type { CallOptions } from '../client.ts';
import { QwireError } from '../qwire-error.ts';
import { readEnvelope } from '../service-error/read-envelope.ts';
import type { ResponseHead } from '../transport.ts';
import type { Secret } from './secret.ts';
import type { ClientSetup } from './setup.ts';
import type { Watch } from './watch.ts';

interface Origin {
  readonly client: ClientSetup;
  readonly call: CallOptions;
}

/**
 * One request of a call, as long as its reply is read. Of what was sent it holds nothing: many streams are open at once,
 * and wait.
 */
export class Attempt {
  readonly watch: Watch;
  /** Of the response, once it has begun. */
  head: ResponseHead | undefined;
  /** As the reply itself names it, once it has. */
  requestId: string | undefined;
  readonly #client: ClientSetup;
  readonly #headers: CallOptions['headers'];
  readonly #apiKey: Secret | undefined;

  constructor(
    { client, call }: Origin,
    { watch, apiKey }: { readonly watch: Watch; readonly apiKey: Secret | undefined },
  ) {
    this.watch = watch;
    this.#client = client;
    this.#headers = call.headers;
    this.#apiKey = apiKey;
  }

  /** Reads a whole reply; where it makes no sense, the id that it names is kept for the error. */
  readReply<Reply>(body: string, read: (body: string) => Reply): Reply {
    try {
      return read(body);
    } catch (cause) {
      this.requestId = readEnvelope(body).requestId;
      throw cause;
    }
  }

  /** Turns whatever went wrong into the error that the caller sees. */
  toError(cause: unknown): QwireError {
    const error = this.watch.failure ?? asQwireError(cause);
    this.learn();
    return this.#client.keys.error(error, {
      workspace: error.workspace ?? this.#client.workspace(),
      requestId: error.requestId ?? this.requestId ?? (this.head?.headers.get('x-request-id') || undefined),
    });
  }

  /** Makes its secrets known again: others were learned meanwhile, and only so many are kept. */
  learn(): void {
    this.#client.keys.learn(this.#apiKey, this.#client.headers, this.#headers);
  }
}

/** Sending and reading have named their failures; anything else went wrong while the reply was made sense of. */
function asQwireError(cause: unknown): QwireError {
  if (QwireError.is(cause)) return cause;
  return new QwireError('The reply could not be read', { kind: 'invalid-response', cause });
}
