import { get } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the server has seen of its clients. */
export interface Counts {
  readonly connections: number;
  /** Of bodies, handed to the system to be sent. */
  readonly bytes: number;
  /** Replies that are not over. */
  readonly open: number;
}

/** Asked over a connection that no client uses. */
export async function readCounts(origin: string): Promise<Counts> {
  const body = await new Promise<string>((resolve, reject) => {
    get(`${origin}/counts`, { agent: false }, (response) => resolve(text(response))).once('error', reject);
  });
  return JSON.parse(body);
}
