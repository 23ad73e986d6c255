/** One thing that is measured in every contender's process. */
export interface Measure {
  readonly title: string;
  /** Groups of measures, for `--only`. */
  readonly group: 'calls' | 'streams' | 'connections';
  /** The server's reply; see `renderReply`. */
  readonly reply: string;
  readonly operation: 'chat' | 'stream';
  /** Operations at the same time. */
  readonly inFlight: number;
  /** Operations in one round, the first of which come before the clock starts. */
  readonly operations: number;
  readonly warmUp: number;
  /** What the time is divided by: operations, or their events. */
  readonly per: 'operation' | 'event';
  /** Of the request; one unless given. */
  readonly messages?: number;
}

/** All measures, by name. */
export const measures: Readonly<Record<string, Measure>> = {
  call: {
    title: 'one 1 KB call',
    group: 'calls',
    reply: 'call-1024',
    operation: 'chat',
    inFlight: 1,
    operations: 800,
    warmUp: 300,
    per: 'operation',
  },
  'calls-64': {
    title: '64 calls in flight',
    group: 'calls',
    reply: 'call-1024',
    operation: 'chat',
    inFlight: 64,
    operations: 1600,
    warmUp: 320,
    per: 'operation',
  },
  'large-call': {
    title: 'one 1 MB call',
    group: 'calls',
    reply: 'call-1048576',
    operation: 'chat',
    inFlight: 1,
    operations: 40,
    warmUp: 10,
    per: 'operation',
  },
  bulk: {
    title: 'stream in bulk',
    group: 'streams',
    reply: 'bulk-1000',
    operation: 'stream',
    inFlight: 1,
    operations: 60,
    warmUp: 20,
    per: 'event',
  },
  chinese: {
    title: 'stream in bulk, in Chinese',
    group: 'streams',
    reply: 'chinese-1000',
    operation: 'stream',
    inFlight: 1,
    operations: 60,
    warmUp: 20,
    per: 'event',
  },
  framed: {
    title: 'stream, one write for each event',
    group: 'streams',
    reply: 'framed-1000',
    operation: 'stream',
    inFlight: 1,
    operations: 30,
    warmUp: 10,
    per: 'event',
  },
  tools: {
    title: 'tool-call stream',
    group: 'streams',
    reply: 'tools-1000',
    operation: 'stream',
    inFlight: 1,
    operations: 30,
    warmUp: 10,
    per: 'event',
  },
  paced: {
    title: 'paced stream',
    group: 'streams',
    reply: 'paced-100',
    operation: 'stream',
    inFlight: 4,
    operations: 20,
    warmUp: 4,
    per: 'event',
  },
  connections: {
    title: 'ten streams whose terminator trails by 5 ms',
    group: 'connections',
    reply: 'trailing-20',
    operation: 'stream',
    inFlight: 1,
    operations: 10,
    warmUp: 1,
    per: 'operation',
  },
};

/** The measure that `events-1000` or `messages-100` asks for, with as many operations as such a size needs. */
export function grownMeasure(name: string): Measure | undefined {
  const match = /^(events|messages)-(\d+)$/.exec(name);
  if (!match) return;
  const size = Number(match[2]);
  const events = match[1] === 'events';
  const operations = Math.max(3, Math.min(400, Math.ceil((events ? 100_000 : 50_000) / size)));
  return {
    title: name,
    group: events ? 'streams' : 'calls',
    reply: events ? `bulk-${size}` : 'call-1024',
    operation: events ? 'stream' : 'chat',
    inFlight: 1,
    operations,
    warmUp: Math.ceil(operations / 2),
    per: events ? 'event' : 'operation',
    ...(!events && { messages: size }),
  };
}
