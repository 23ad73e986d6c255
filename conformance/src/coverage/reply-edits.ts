import type { Carrier } from '../carrier.ts';
import type { ClientDriver } from '../driver.ts';
import { findDifferences } from '../find-differences.ts';
import { missingCapability } from '../judge.ts';
import type { ConformanceCase } from '../load-cases.ts';
import { performCase } from '../perform-case.ts';
import type { HttpReply } from './evidence.ts';
import { editDocuments } from './reply-documents.ts';
import { editAt, parsePath } from './wire-paths.ts';

/** Turns a reply into one that lacks something, or says something else there. */
export type ReplyEdit = (reply: HttpReply) => HttpReply;

/** The reply with a member removed, and with it changed. */
export function memberEdits(item: string): { readonly remove: ReplyEdit; readonly change: ReplyEdit } {
  const path = parsePath(item);
  const edit =
    (to: (value: unknown) => unknown): ReplyEdit =>
    (reply) => ({
      ...reply,
      body: editDocuments(reply.body, (json) => editAt(json, path, to)),
      // Offsets would cut the edited bytes somewhere else.
      delivery: {
        ...reply.delivery,
        split: Array.isArray(reply.delivery.split) ? 'event' : reply.delivery.split,
      },
    });
  return { remove: edit(() => undefined), change: edit(otherValue) };
}

/** The reply with a header removed, and with it changed. */
export function headerEdits(item: string): { readonly remove: ReplyEdit; readonly change: ReplyEdit } {
  const [name = ''] = item.split('=');
  return {
    remove: ({ headers: { [name]: _, ...headers }, ...reply }) => ({ ...reply, headers }),
    change: ({ headers, ...reply }) => ({ ...reply, headers: { ...headers, [name]: `${headers[name]}9` } }),
  };
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'string') return /^\d+$/.test(value) ? `${value}9` : `${value}-changed`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'changed' : undefined;
}

interface Runner {
  readonly driver: (testCase: ConformanceCase) => ClientDriver;
  readonly carrier: Carrier;
}

/** What a case does about an edited reply; `unjudged`: the client cannot take part in it, or fails it as it is. */
export type Notice = 'noticed' | 'unnoticed' | 'unjudged';

/** Lets one client perform cases whose replies are edited. */
export function createNoticer({ driver, carrier }: Runner) {
  const sound = new Map<string, Promise<boolean>>();
  return async (testCase: ConformanceCase, edit: ReplyEdit): Promise<Notice> => {
    if (missingCapability(testCase, driver(testCase)) || !testCase.carriers.includes(carrier.name))
      return 'unjudged';
    const known = sound.get(testCase.id) ?? passes(testCase);
    sound.set(testCase.id, known);
    if (!(await known)) return 'unjudged';
    const exchanges = testCase.exchanges.map(({ request, reply }) => ({
      request,
      reply: reply.kind === 'http' ? edit(reply) : reply,
    }));
    return (await passes({ ...testCase, exchanges })) ? 'unnoticed' : 'noticed';
  };

  async function passes(testCase: ConformanceCase): Promise<boolean> {
    const options = { driver: driver(testCase), carrier, timeLimitMs: 5000 };
    return findDifferences(testCase, await performCase(testCase, options)).length === 0;
  }
}

export type Noticer = ReturnType<typeof createNoticer>;
