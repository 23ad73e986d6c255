import { checkCallOptions } from '../check-options.ts';
import type { CallOptions, ClientOptions, Next } from '../client.ts';
import type { WireFormat, WireRequest } from '../wire-format.ts';
import { type FormRequest, type ReadReply, runForm, runRequest } from './run-call.ts';
import { createClientSetup, createSetup } from './setup.ts';

/** Requests that only one wire has, under the options of a client: its address, key, limits and retries. */
export interface Sender {
  /**
   * Lets the client's interceptors see a call, in which `send` makes its requests. They may name another model, or refuse
   * it.
   * @throws QwireError
   */
  call<Response>(asked: AskedCall<Response>, options?: CallOptions): Promise<Response>;
  /** @throws QwireError */
  send<Reply>(request: WireRequest, read: ReadReply<Reply>, options?: CallOptions): Promise<Reply>;
  /**
   * Sends a form to an address that the service named, without the key.
   * @throws QwireError
   */
  sendForm<Reply>(form: FormRequest, read: ReadReply<Reply>, options?: CallOptions): Promise<Reply>;
}

/** A call of an adapter's own. */
export interface AskedCall<Response> {
  /** Such as `upload`. */
  readonly name: string;
  readonly model: string;
  readonly send: (model: string, options: CallOptions) => Promise<Response>;
}

export function createSender(wire: WireFormat, options: ClientOptions): Sender {
  const client = createClientSetup(wire, options);
  const interceptors: readonly ((next: Next) => Next)[] = options.interceptors ?? [];
  return {
    async call<Response>({ name, model, send }: AskedCall<Response>, callOptions: CallOptions = {}) {
      checkCallOptions(callOptions);
      const context = { options: callOptions, wire: wire.name, workspace: client.workspace() };
      const call = { operation: 'other', name, request: { model }, ...context } as const;
      let sent: { readonly response: Response } | undefined;
      const last: Next = async (inner) => {
        sent = { response: await send(inner.request.model, inner.options) };
        return { operation: 'other', ...sent };
      };
      await interceptors.reduceRight((inner, interceptor) => interceptor(inner), last)(call);
      if (!sent) throw new TypeError(`An interceptor answered ${name} itself`);
      return sent.response;
    },
    async send(request, read, callOptions = {}) {
      checkCallOptions(callOptions);
      const { reply } = await runRequest(request, wrap(read), createSetup(client, callOptions));
      return reply;
    },
    async sendForm(form, read, callOptions = {}) {
      checkCallOptions(callOptions);
      const { reply } = await runForm(form, wrap(read), createSetup(client, callOptions));
      return reply;
    },
  };
}

/** Replies of calls carry warnings; these have none. */
function wrap<Reply>(read: ReadReply<Reply>) {
  return (...context: Parameters<ReadReply<Reply>>) => ({ reply: read(...context), warnings: [] });
}
