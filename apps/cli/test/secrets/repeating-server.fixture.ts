import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** A request as it came in, and the writing of its key that the answer is to repeat. */
export interface Repeated {
  readonly written: string;
  readonly isNative: boolean;
  /** An address that nothing may be sent to. */
  readonly elsewhere: string;
}

/** What is sent, in pieces; without an end the connection is cut after it. */
export interface Answer {
  readonly pieces: readonly string[];
  readonly cut?: true;
}

function response(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  { length = Buffer.byteLength(body) } = {},
): Answer {
  const lines = Object.entries({ 'content-length': String(length), ...headers }).map(
    ([name, value]) => `${name}: ${value.replaceAll(/\s+/g, ' ')}\r\n`,
  );
  return { pieces: [`HTTP/1.1 ${status} Answer\r\n${lines.join('')}\r\n`, body] };
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return response(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));
}

function refusal({ isNative }: Repeated, message: string, code = 'InvalidApiKey'): unknown {
  return isNative ? { code, message, request_id: 'r-1' } : { error: { code, message }, request_id: 'r-1' };
}

function reply({ isNative }: Repeated, content: string): unknown {
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  return isNative
    ? { request_id: 'r-1', output: { choices }, usage: {} }
    : { id: 'r-1', model: 'qwen-plus', choices, usage: {} };
}

/** Frames in pieces of a few bytes, so that a key lies in several of them. */
function stream(...frames: readonly string[]): Answer {
  const { pieces } = response(200, { 'content-type': 'text/event-stream' }, `${frames.join('\n\n')}\n\n`);
  return { pieces: [pieces[0] ?? '', ...((pieces[1] ?? '').match(/.{1,9}/gsu) ?? [])] };
}

function textFrame({ isNative }: Repeated): string {
  return isNative
    ? 'data:{"request_id":"r-1","output":{"choices":[{"message":{"content":"a"},"finish_reason":"null"}]}}'
    : 'data: {"id":"r-1","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}';
}

/** Places in which something that answers may repeat the key. */
export const places: Readonly<Record<string, (repeated: Repeated) => Answer>> = {
  'the message of a refusal': (at) => json(401, refusal(at, `Incorrect API key provided: ${at.written}.`)),
  'a refusal that is not escaped': (at) =>
    response(401, { 'content-type': 'application/json' }, `{"message":"no such key: ${at.written}"}`),
  'every other member of a refusal': ({ written }) =>
    json(400, {
      code: written,
      message: 'no',
      request_id: written,
      error: { code: written, type: written, param: written, message: 'InvalidParameter' },
    }),
  'a message that is cut': (at) => json(400, refusal(at, `${'word '.repeat(394)}${at.written.repeat(3)}`)),
  'a prose that is cut': ({ written }) =>
    response(500, { 'content-type': 'text/plain' }, `${'word '.repeat(37)}${written.repeat(3)}`),
  'headers of a refusal that passes': (at) =>
    json(429, refusal(at, 'later', at.written), {
      'retry-after': '0',
      'x-request-id': at.written,
      'x-dashscope-request-id': at.written,
      'content-type': `application/json; key=${at.written}`,
    }),
  'the title of a page': ({ written }) =>
    response(502, { 'content-type': 'text/html' }, `<html><title>No ${written}</title></html>`),
  'a page': ({ written }) =>
    response(403, { 'content-type': 'text/html' }, `<html><body>Header: <b>${written}</b></body></html>`),
  'a reply that is no JSON': ({ written }) =>
    response(200, { 'content-type': 'application/json' }, `{${written}`),
  'a refusal with the status of a reply': (at) => json(200, refusal(at, `${at.written} is refused`)),
  'a reply that is not what was asked for': (at) => json(200, reply(at, `Your key is ${at.written}`)),
  'the first frame of a stream': (at) =>
    stream(`event:error\ndata:${JSON.stringify(refusal(at, `no ${at.written}`))}`),
  'a later frame of a stream': (at) =>
    stream(textFrame(at), `event:error\ndata:${JSON.stringify(refusal(at, `no ${at.written}`))}`),
  'a frame that is no JSON': (at) => stream(textFrame(at), `data: {"${at.written}`),
  'other fields of a frame': (at) =>
    stream(`id: ${oneLine(at)}\nevent: ${oneLine(at)}\n:${oneLine(at)}\nstatus: ${oneLine(at)}\ndata: {}`),
  'a redirect elsewhere': ({ written, elsewhere }) =>
    response(307, { location: `${elsewhere}/?key=${encodeURIComponent(written)}` }, written),
  'bytes that are no HTTP': ({ written }) => ({ pieces: [`${written}\r\n\r\n`], cut: true }),
  'a line that is no header': ({ written }) => ({
    pieces: [`HTTP/1.1 200 OK\r\n${written}\r\n\r\n`],
    cut: true,
  }),
  'a length that is none': ({ written }) => ({
    pieces: [`HTTP/1.1 200 OK\r\ncontent-length: ${written}\r\n\r\n`],
    cut: true,
  }),
  'a body that is cut off': (at) => ({ ...response(400, {}, at.written, { length: 99_999 }), cut: true }),
  'bytes that are no gzip': ({ written }) => response(400, { 'content-encoding': 'gzip' }, written),
};

function oneLine({ written }: Repeated): string {
  return written.replaceAll(/\s+/g, ' ');
}

export interface RepeatingServer {
  readonly url: string;
  /** What the next request is answered with. */
  answer: (request: { readonly key: string; readonly path: string }) => Answer;
  /** Targets and heads of the requests so far. */
  readonly heads: readonly string[];
  stop(): Promise<void>;
}

/** A server that reads the key out of each request; below HTTP, so that it can answer with anything. */
export async function startRepeatingServer(): Promise<RepeatingServer> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const running: RepeatingServer = {
    url: '',
    answer: () => response(500, {}, ''),
    heads,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      const [head = '', body] = received.split(/\r\n\r\n(.*)/s);
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      received = '';
      heads.push(head);
      const key = /^authorization: Bearer (\S+)/im.exec(head)?.[1] ?? '';
      void send(socket, running.answer({ key, path: head.split(' ')[1] ?? '' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(running, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

async function send(socket: Socket, { pieces, cut }: Answer): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (cut) socket.end();
}
