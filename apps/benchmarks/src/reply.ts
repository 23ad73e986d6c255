/** A wire that the server speaks. */
export type Wire = 'openai-compatible' | 'dashscope';

/** What the server sends in answer to one kind of call, and the text that a client must make of it. */
export interface Reply {
  readonly contentType: string;
  /** What is written at once; a stream has one for each event unless it is sent in bulk. */
  readonly writes: readonly Buffer[];
  /** Between two writes. */
  readonly pauseMs: number;
  /** From the last write to the body's terminator. */
  readonly trailMs: number;
  /** Never ends by itself. */
  readonly isHeld?: boolean;
  readonly events: number;
  /** The whole text; of a stream of tool calls, the arguments as sent. */
  readonly text: string;
}

const word = 'Measure twice, cut once. ';
const chineseWord = '量两次，裁一次。';
const usage = { prompt_tokens: 12, completion_tokens: 300, total_tokens: 312 };
const nativeUsage = { input_tokens: 12, output_tokens: 300, total_tokens: 312 };
const id = '7f0a1c52-3b64-4d8e-9a10-5c2e8f7b6d31';

/** The reply that a name like `call-1024`, `bulk-1000` or `paced-100` asks for. @throws Error for another name. */
export function renderReply(name: string, wire: Wire): Reply {
  const match = /^(call|bulk|chinese|framed|paced|tools|trailing|held|endless)-(\d+)$/.exec(name);
  const [kind, size] = [match?.[1], Number(match?.[2])];
  if (kind === undefined) throw new Error(`There is no reply called ${name}`);
  if (kind === 'call') return renderCall(size, wire);
  if (kind === 'endless') return renderEndless(size, wire);
  const tools = kind === 'tools';
  const texts = tools
    ? ['{"query":"', ...Array.from({ length: size - 2 }, () => word), '"}']
    : Array.from({ length: size }, () => (kind === 'chinese' ? chineseWord : word));
  const events = wire === 'dashscope' ? nativeEvents(texts, tools) : compatibleEvents(texts, tools);
  const inBulk = kind === 'bulk' || kind === 'chinese' || tools;
  // A held stream says nothing of its end.
  if (kind === 'held') events.splice(size);
  return {
    contentType: 'text/event-stream;charset=UTF-8',
    writes: inBulk ? [Buffer.from(events.join(''))] : events.map((event) => Buffer.from(event)),
    pauseMs: kind === 'paced' ? 1 : 0,
    trailMs: kind === 'trailing' ? 5 : 0,
    events: size,
    text: texts.join(''),
    ...(kind === 'held' && { isHeld: true }),
  };
}

/** Blocks of 64 KiB or so, none of which says that the stream ends. */
function renderEndless(blocks: number, wire: Wire): Reply {
  const texts = Array.from({ length: 250 }, () => word);
  const events = wire === 'dashscope' ? nativeEvents(texts, false) : compatibleEvents(texts, false);
  const block = Buffer.from(events.slice(0, texts.length).join(''));
  const writes = Array.from({ length: blocks }, () => block);
  const contentType = 'text/event-stream;charset=UTF-8';
  const text = word.repeat(blocks * texts.length);
  return { contentType, writes, pauseMs: 0, trailMs: 0, isHeld: true, events: blocks * texts.length, text };
}

function renderCall(size: number, wire: Wire): Reply {
  const text = word.repeat(Math.ceil(size / word.length)).slice(0, size);
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }];
  const body =
    wire === 'dashscope'
      ? { output: { choices }, usage: nativeUsage, request_id: id }
      : {
          id: `chatcmpl-${id}`,
          object: 'chat.completion',
          created: 1770764902,
          model: 'qwen-plus',
          choices,
          usage,
        };
  const writes = [Buffer.from(JSON.stringify(body))];
  return { contentType: 'application/json', writes, pauseMs: 0, trailMs: 0, events: 1, text };
}

function toolCall(text: string, first: boolean) {
  const named = first && { id: 'call_5c2e8f7b', type: 'function' };
  return [{ index: 0, ...named, function: { ...(first && { name: 'search' }), arguments: text } }];
}

function compatibleEvents(texts: readonly string[], tools: boolean): string[] {
  const head = {
    id: `chatcmpl-${id}`,
    object: 'chat.completion.chunk',
    created: 1770764902,
    model: 'qwen-plus',
  };
  const chunk = (delta: object, finish_reason: string | null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    usage: null,
    ...head,
  });
  const deltas = texts.map((text, index) =>
    chunk(
      {
        ...(index === 0 && { role: 'assistant' }),
        ...(tools ? { tool_calls: toolCall(text, index === 0) } : { content: text }),
      },
      null,
    ),
  );
  const end = [chunk({ content: '' }, tools ? 'tool_calls' : 'stop'), { choices: [], usage, ...head }];
  return [...[...deltas, ...end].map((value) => `data: ${JSON.stringify(value)}\n\n`), 'data: [DONE]\n\n'];
}

function nativeEvents(texts: readonly string[], tools: boolean): string[] {
  const event = (content: string, finish_reason: string, calls?: object) => ({
    output: {
      choices: [
        { message: { role: 'assistant', content, ...(calls && { tool_calls: calls }) }, finish_reason },
      ],
    },
    usage: nativeUsage,
    request_id: id,
  });
  const deltas = texts.map((text, index) =>
    tools ? event('', 'null', toolCall(text, index === 0)) : event(text, 'null'),
  );
  return [...deltas, event('', tools ? 'tool_calls' : 'stop')].map(
    (value, index) => `id:${index + 1}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(value)}\n\n`,
  );
}
