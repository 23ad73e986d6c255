import type { ChatRequest, WireFormat } from '@qwire/core';
import { expect, test } from 'vitest';
import { type CaseIndex, type ConformanceCase, loadCases } from './load-cases.ts';
import { readPieces } from './read-pieces.ts';
import { reviveRequest } from './revive-request.ts';

/** A body beyond this length is one very long line: cutting it everywhere would take hours and show nothing more. */
const longBody = 64 * 1024;
const cutsOfLongBody = 256;

type StreamBody = { readonly name: string; readonly testCase: ConformanceCase; readonly body: Uint8Array };

/**
 * Registers one vitest test for each stream of the wire format: its bytes are read cut in two at every offset, and byte
 * by byte, and must give the same events and the same failure each time. It runs the wire format's reader directly, so
 * it costs a fraction of what a carrier would.
 */
export function registerCuts(wire: WireFormat, cases: CaseIndex = loadCases()): void {
  const bodies = cases.cases.filter(({ wireFormat }) => wireFormat === wire.name).flatMap(streamBodies);

  test.each(bodies)('$name reads the same however it is cut', ({ testCase, body }) => {
    const whole = read(wire, testCase, [body]);
    for (const offset of cuts(body.length)) {
      const pieces = [body.subarray(0, offset), body.subarray(offset)];
      expect(read(wire, testCase, pieces), `cut at byte ${offset}`).toBe(whole);
    }
    const bytes = Array.from(body, (_, index) => body.subarray(index, index + 1));
    expect(read(wire, testCase, bytes), 'byte by byte').toBe(whole);
  });
}

function streamBodies(testCase: ConformanceCase): readonly StreamBody[] {
  if (testCase.call.operation !== 'stream') return [];
  return testCase.exchanges.flatMap(({ reply }, index) => {
    if (reply.kind !== 'http' || reply.status !== 200 || !isStream(reply.body)) return [];
    return [{ name: `${testCase.behavior}, reply ${index + 1},`, testCase, body: reply.body }];
  });
}

/** A body in one piece of JSON, or an empty one, is no stream. */
function isStream(body: Uint8Array): boolean {
  const text = new TextDecoder().decode(body.subarray(0, 64)).trim();
  return text !== '' && !/^[{<]/.test(text);
}

function* cuts(length: number): Generator<number> {
  const step = length > longBody ? Math.ceil(length / cutsOfLongBody) : 1;
  for (let offset = 1; offset < length; offset += step) yield offset;
}

/** What comes of the pieces, as text. */
function read(wire: WireFormat, { call }: ConformanceCase, pieces: readonly Uint8Array[]): string {
  return JSON.stringify(readPieces(wire, pieces, { request: reviveRequest(call.request) as ChatRequest }));
}
