// A program of its own, since a process can open only so many files: opens connections of one kind and keeps them.
import { connect } from 'node:net';

const [kind = '', port = '', path = '', count = '', localAddress = ''] = process.argv.slice(2);
const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n`;

/** What is sent at first, and then bit by bit. */
const kinds: Readonly<
  Record<string, { readonly first: string; readonly drip?: string; readonly end?: true }>
> = {
  idle: { first: '' },
  'slow headers': { first: head, drip: 'X-Drip: 1\r\n' },
  'slow body': {
    first: `${head}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n`,
    drip: ' ',
  },
  'half open': { first: head, end: true },
};

const { first, drip, end } = kinds[kind] ?? { first: '' };
let opened = 0;
let open = 0;
let asked = 0;
const atATime = 200;

function openOne(): void {
  if (asked === Number(count)) return;
  asked += 1;
  let isSettled = false;
  const settle = (): void => {
    if (isSettled) return;
    isSettled = true;
    settled += 1;
    if (settled === Number(count)) process.send?.({ opened });
    openOne();
  };
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress, allowHalfOpen: true }, () => {
    opened += 1;
    open += 1;
    if (first !== '') socket.write(first);
    if (end) socket.end();
    const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 300);
    socket.once('close', () => {
      open -= 1;
      clearInterval(dripping);
    });
    settle();
  });
  // What the server says is read, and its end is answered with one.
  socket.resume();
  socket.on('end', () => socket.end());
  socket.on('error', () => settle());
}

let settled = 0;
process.on('message', () => process.send?.({ open }));
process.on('disconnect', () => process.exit());
for (let i = 0; i < atATime; i += 1) openOne();
