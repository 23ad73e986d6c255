import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Reply, renderReply, type Wire } from './reply.ts';

// Run as a program of its own: tells its port in one line, and ends with its parent's input.
const replies = new Map<string, Reply>();
const sockets = new WeakSet<Socket>();
const counts = { connections: 0, bytes: 0, open: 0 };

const server = createServer((request, response) => {
  const path = request.url ?? '';
  if (path === '/counts') {
    response.end(JSON.stringify(counts));
    return;
  }
  if (!sockets.has(request.socket)) {
    sockets.add(request.socket);
    counts.connections++;
  }
  request.resume();
  request.once('end', () => void send(response, replyTo(path)));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().once('end', () => process.exit());

function replyTo(path: string): Reply {
  const name = path.split('/')[1] ?? '';
  const wire: Wire = path.includes('/compatible-mode/') ? 'openai-compatible' : 'dashscope';
  const key = `${wire} ${name}`;
  const known = replies.get(key);
  if (known) return known;
  const rendered = renderReply(name, wire);
  replies.set(key, rendered);
  return rendered;
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  counts.open++;
  response.once('close', () => counts.open--);
  response.writeHead(200, { 'content-type': reply.contentType });
  for (const bytes of reply.writes) {
    if (response.destroyed) return;
    counts.bytes += bytes.length;
    if (!response.write(bytes)) await untilWritable(response);
    if (reply.pauseMs > 0) await sleep(reply.pauseMs);
  }
  if (reply.trailMs > 0) await sleep(reply.trailMs);
  if (!reply.isHeld) response.end();
}

function untilWritable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}
