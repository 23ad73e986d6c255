import { expect, test } from 'vitest';
import type { Fault } from './config.ts';
import { deliver } from './deliver.ts';

const frames = ['data: 你\n\n', 'data: 好\n\n', 'data: [DONE]\n\n'];

function play(fault: Fault, frameDelayMs = 0): unknown[] {
  const steps = deliver(frames, {
    fault,
    frameDelayMs,
    writeErrorFrame: (sent) => `error after ${sent}\n\n`,
  });
  return [...steps].map((step) => {
    if (step.type === 'send') return decoder.decode(step.bytes);
    return step.type === 'wait' ? step.ms : step;
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

test('sends one frame in one chunk and ends', () => {
  expect(play({})).toEqual([...frames, { type: 'end', whole: true }]);
});

test('waits before each frame', () => {
  expect(play({}, 5)).toEqual([5, frames[0], 5, frames[1], 5, frames[2], { type: 'end', whole: true }]);
  expect(play({ frameDelayMs: 0 }, 5)).not.toContain(5);
});

test.each([
  [{ stallAfterFrames: 1 }, [frames[0], { type: 'stall' }]],
  [{ stallAfterFrames: 0 }, [{ type: 'stall' }]],
  [{ disconnectAfterFrames: 2 }, [frames[0], frames[1], { type: 'cut' }]],
  [{ disconnectAfterFrames: 3 }, [...frames, { type: 'cut' }]],
  [{ endAfterFrames: 1 }, [frames[0], { type: 'end', whole: false }]],
  [{ disconnectAfterFrames: 9 }, [...frames, { type: 'end', whole: true }]],
  [
    { errorAfterFrames: { frames: 1, error: 'burst-rate' } },
    [frames[0], 'error after 1\n\n', { type: 'end', whole: false }],
  ],
] satisfies [Fault, unknown[]][])('%j stops where it says', (fault, steps) => {
  expect(play(fault)).toEqual(steps);
});

test('cuts bytes inside a character', () => {
  const steps = [
    ...deliver(frames, { fault: { bytesPerChunk: 7 }, frameDelayMs: 0, writeErrorFrame: () => '' }),
  ];
  const chunks = steps.flatMap((step) => (step.type === 'send' ? [step.bytes] : []));
  expect(decoder.decode(chunks[0])).toBe('data: \uFFFD');
  expect(Buffer.concat(chunks).toString()).toBe(frames.join(''));
});

test('joins frames in one chunk, the rest of them at the end', () => {
  expect(play({ framesPerChunk: 2 })).toEqual([
    `${frames[0]}${frames[1]}`,
    frames[2],
    { type: 'end', whole: true },
  ]);
  expect(play({ framesPerChunk: 9 })[0]).toBe(frames.join(''));
});

test('writes the same frames in other ways', () => {
  expect(play({ framing: { crlf: true } })[0]).toBe('data: 你\r\n\r\n');
  expect(play({ framing: { byteOrderMark: true } }).slice(0, 2)).toEqual([`\uFEFF${frames[0]}`, frames[1]]);
  expect(play({ framing: { swapSpaces: true } })[0]).toBe('data:你\n\n');
  expect(play({ framing: { omitBlankLines: true } })[0]).toBe('data: 你\n');
});

test('a text that only regular expressions take for several lines stays as it is', () => {
  const steps = deliver(['id:1\ndata:{"text":"\u2028data: x"}\n\n'], {
    fault: { framing: { swapSpaces: true } },
    frameDelayMs: 0,
    writeErrorFrame: () => '',
  });
  const [first] = [...steps];
  expect(first?.type === 'send' && decoder.decode(first.bytes)).toBe(
    'id: 1\ndata: {"text":"\u2028data: x"}\n\n',
  );
});
