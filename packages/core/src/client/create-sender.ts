import { checkCallOptions } from '../check-options.ts';
import type { CallOptions, ClientOptions } from '../client.ts';
import type { WireFormat, WireRequest } from '../wire-format.ts';
import { holdKey } from './keys.ts';
import { type FormRequest, type ReadReply, runForm, runRequest } from './run-call.ts';
import { createSetup } from './setup.ts';

/** Requests that only one wire has, under the options of a client: its address, key, limits and retries. */
export interface Sender {
  /** @throws QwireError */
  send<Reply>(request: WireRequest, read: ReadReply<Reply>, options?: CallOptions): Promise<Reply>;
  /**
   * Sends a form to an address that the service named, without the key.
   * @throws QwireError
   */
  sendForm<Reply>(form: FormRequest, read: ReadReply<Reply>, options?: CallOptions): Promise<Reply>;
}

export function createSender(wire: WireFormat, options: ClientOptions): Sender {
  const client = holdKey(options);
  return {
    async send(request, read, callOptions = {}) {
      checkCallOptions(callOptions);
      const { reply } = await runRequest(request, wrap(read), createSetup(wire, client, callOptions));
      return reply;
    },
    async sendForm(form, read, callOptions = {}) {
      checkCallOptions(callOptions);
      const { reply } = await runForm(form, wrap(read), createSetup(wire, client, callOptions));
      return reply;
    },
  };
}

/** Replies of calls carry warnings; these have none. */
function wrap<Reply>(read: ReadReply<Reply>) {
  return (...context: Parameters<ReadReply<Reply>>) => ({ reply: read(...context), warnings: [] });
}
