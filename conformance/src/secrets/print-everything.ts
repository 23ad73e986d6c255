import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';

/**
 * Everything that someone could print of a value, to look for what must not be there: as a log, a debugger, a crash
 * reporter and a serializer show it, with hidden members, causes, symbols, and what getters give.
 */
export function printEverything(value: unknown): string {
  return [
    ...inspections.map((options) => inspect(value, options)),
    attempt(() => String(value)),
    attempt(() => `${Object.prototype.toString.call(value)} ${JSON.stringify(value)}`),
    attempt(() => format('%s %o %O %j %d', value, value, value, value, value)),
    attempt(() => printed(value)),
    attempt(() => inspect(structuredClone(value), { depth: 20 })),
    attempt(() => serialize(value).toString('latin1')),
    ...textsIn(value),
  ].join('\n');
}

const inspections = [
  { depth: 20, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null },
  { depth: 20, compact: false, breakLength: 20, colors: true, maxStringLength: null },
  {},
] as const;

/** What `console` writes, to either stream. */
function printed(value: unknown): string {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const console = new Console({ stdout: stream, stderr: stream });
  console.log(value);
  console.error('failed:', value);
  console.dir(value, { depth: 20 });
  console.table([value]);
  return lines.join('');
}

/** Every text that can be reached from a value, also by members that no printer shows. */
function textsIn(value: unknown, seen: Set<unknown> = new Set()): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')];
  }
  const entries = value instanceof Map || value instanceof Set || isHeaders(value) ? [...value] : [];
  const members = Reflect.ownKeys(value).flatMap((key) => [
    typeof key === 'string' ? key : (key.description ?? ''),
    ...textsIn(
      attempt(() => Reflect.get(value, key) as unknown),
      seen,
    ),
  ]);
  return [...members, ...entries.flatMap((entry: unknown) => textsIn(entry, seen))];
}

function isHeaders(value: object): value is Headers {
  return value instanceof Headers;
}

/** What cannot be printed in one way is printed in the others. */
function attempt<T>(print: () => T): T | string {
  try {
    return print();
  } catch (error) {
    return error instanceof Error ? error.name : '';
  }
}
