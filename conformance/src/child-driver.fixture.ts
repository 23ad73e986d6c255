// A client of another process, for the tests of the protocol. It takes part as it should, except in calls of a model
// that is named after something that goes wrong. Its first line can be changed by its argument, a JSON object; text is
// written as it is.
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Capabilities, capabilityKeys } from '@qwire/core';
import type { ToChild } from './child-messages.ts';
import type { Outcome } from './outcome.ts';

type Perform = Extract<ToChild, { type: 'perform' }>;

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;
const hello = {
  type: 'hello',
  protocol: 1,
  name: 'fixture',
  version: '1',
  wireFormat: 'openai-compatible',
  supports,
};
const [, , change = '{}'] = process.argv;
const calls = new Map<number, AbortController>();
let answer: ((word: 'continue' | 'leave') => void) | undefined;

if (change.startsWith('{')) say({ ...hello, ...JSON.parse(change) });
else if (change) writeSync(1, `${change}\n`);

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as ToChild;
  if (message.type === 'perform') void perform(message);
  else if (message.type === 'abort') calls.get(message.id)?.abort();
  else answer?.(message.type);
});

async function perform(call: Perform): Promise<void> {
  const { id } = call;
  const { model } = call.request;
  const abort = new AbortController();
  calls.set(id, abort);
  if (call.aborted) abort.abort();
  const wrong = typeof model === 'string' ? wrongs[model] : undefined;
  await wrong?.(id);
  if (model === 'silent' || model === 'not-tried') return;
  const outcome = await ask(call, abort.signal);
  say({ type: 'outcome', id, outcome });
  if (model === 'twice') say({ type: 'outcome', id, outcome });
}

async function ask({ id, client, operation, environment }: Perform, signal: AbortSignal): Promise<Outcome> {
  const events: Outcome['events'] = [
    { type: 'response-start', requestId: undefined, model: 'm' },
    { type: 'text-delta', text: 'Hello' },
    { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
  ];
  const cancelled: Outcome = { ended: 'cancelled', error: { kind: 'aborted' } };
  const controller = new AbortController();
  try {
    const headers = { authorization: `Bearer ${client.apiKey}`, 'content-type': 'application/json' };
    const reply = await fetch(`${client.baseURL}/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ environment, inherited: process.env.DASHSCOPE_INHERITED }),
      signal: AbortSignal.any([signal, controller.signal]),
    });
    if (operation === 'chat') {
      await reply.text();
      return { ended: 'completed', response: { text: 'Hello', warnings: [] } };
    }
    for (const count of events.keys()) {
      say({ type: 'received', id });
      const word = await new Promise((resolve) => {
        answer = resolve;
      });
      if (word === 'leave') controller.abort();
      if (word === 'leave' || signal.aborted) return { ...cancelled, events: events.slice(0, count + 1) };
    }
    await reply.text();
    return { ended: 'completed', response: { text: 'Hello', warnings: [] }, events };
  } catch {
    return operation === 'stream' ? { ...cancelled, events: [] } : cancelled;
  }
}

const wrongs: Readonly<Record<string, (id: number) => unknown>> = {
  crash() {
    writeSync(2, 'It went wrong here, with sk-conformance-0a1b2c3d4e5f\n');
    process.exit(3);
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  junk: () => writeSync(1, 'Asking the service ...\n'),
  'wrong-message': (id) =>
    say({ type: 'outcome', id, outcome: { ended: 'done', response: { txt: 'Hello' } } }),
  'hello-twice': () => say(hello),
  'not-tried': (id) => say({ type: 'not-tried', id, because: 'no such operation' }),
  unasked: () => say({ type: 'received', id: 99 }),
  'unasked-often': () => {
    for (let id = 90; id < 100; id += 1) say({ type: 'received', id });
  },
  'leaves-a-child': () => {
    spawn('sleep', ['1000'], { stdio: 'inherit' });
    process.exit(1);
  },
  'long-stderr': () => {
    for (let count = 0; count < 80; count += 1) writeSync(2, 'x'.repeat(65_536));
  },
  'waits-on-stdin-no-more': () => setInterval(() => {}, 1000),
};

function say(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
