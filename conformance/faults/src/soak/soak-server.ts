// The other process of the soak: streams numbered events, as each request's plan says, and tells of itself by messages.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wireReplies } from '../wire-replies.ts';
import type { ServerCounts } from './start-soak-server.ts';
import { planHeader, type StreamPlan, textOf } from './stream-plan.ts';

const refused = new Set<number>();
let [open, peak, sentEvents] = [0, 0, 0];

const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
  incoming.resume().once('end', () => answer(incoming, outgoing));
});
server.maxRequestsPerSocket = 0;
server.listen(0, '127.0.0.1', 2048, () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', () => {
  const counts: ServerCounts = { open, peak, sentEvents };
  process.send?.(counts);
});
process.on('disconnect', () => process.exit());

function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const plan = JSON.parse(String(incoming.headers[planHeader])) as StreamPlan;
  if (plan.refusedFirst && !refused.has(plan.id)) {
    refused.add(plan.id);
    outgoing.writeHead(503).end();
    return;
  }
  open += 1;
  peak = Math.max(peak, open);
  outgoing.once('close', () => {
    open -= 1;
  });
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  writeEvents(plan, outgoing);
}

function writeEvents(plan: StreamPlan, outgoing: ServerResponse): void {
  const { frame } = wireReplies[plan.wire];
  const last = lastOf(plan);
  let index = 0;
  let held = Buffer.alloc(0);
  const timer = setInterval(() => {
    let text = '';
    for (let count = 0; count < plan.eventsPerWrite && index < last; count += 1, index += 1) {
      text += frame(textOf(index));
      sentEvents += 1;
    }
    const bytes = Buffer.concat([held, Buffer.from(text)]);
    const sent = index === last ? bytes.length : Math.max(0, bytes.length - plan.heldBytes);
    held = bytes.subarray(sent);
    if (sent > 0) outgoing.write(bytes.subarray(0, sent));
    if (index < last) return;
    clearInterval(timer);
    finish(plan, outgoing);
  }, plan.everyMs);
  outgoing.once('close', () => clearInterval(timer));
}

/** Streams that the caller ends would go on; their ends are never reached when all is well. */
function lastOf({ end, events, endsAfter }: StreamPlan): number {
  return end === 'abort' || end === 'leave' ? events + 1_000 : endsAfter;
}

function finish({ end, wire }: StreamPlan, outgoing: ServerResponse): void {
  const { lastFrames, errorFrame } = wireReplies[wire];
  if (end === 'whole') outgoing.end(lastFrames);
  else if (end === 'early-end') outgoing.end();
  else if (end === 'error') outgoing.end(errorFrame);
  else if (end === 'garbage') outgoing.end('data: no json\n\n');
  else if (end === 'reset') outgoing.socket?.resetAndDestroy();
}
