import { type Cell, isRepeated, type Seen, statedFor } from './cell.ts';
import type { Expected } from './fault.ts';
import { answer } from './wire.ts';

const mostBytes = 4e6;

/** In what a cell is not as it must be. */
export function judgeCell(cell: Cell, expected: Expected, seen: Seen): string[] {
  const problems = judge(cell, expected, seen);
  if (!expected.or || problems.length === 0) return problems;
  return judge(cell, expected.or, seen).length === 0 ? [] : problems;
}

function judge(cell: Cell, expected: Expected, seen: Seen): string[] {
  const { fault, retried } = cell;
  const problems: string[] = [];
  const expect = (what: string, is: unknown, must: unknown) => {
    if (is !== must) problems.push(`${what}: ${show(is)} instead of ${show(must)}`);
  };
  expect('kind', seen.kind, expected.kind);
  if (expected.kind !== 'ok') {
    expect('retryable', seen.retryable, expected.retryable);
    expect('time limit', seen.timeout, expected.timeout);
    if (expected.status !== undefined) expect('status', seen.status, expected.status);
  }
  const text = expected.text ?? (expected.kind === 'ok' ? answer : '');
  if (text !== 'any') expect('text', seen.text, text);
  if (retried) expect('tries', seen.tries, triesOf(cell));
  expect('open connections', seen.openConnections, 0);
  expect('timers', seen.timers, 0);
  expect('listeners', seen.listeners, 0);
  expect('connections elsewhere', seen.elsewhere, 0);
  expect('shows the key', seen.showsKey, false);
  const most = fault.mostBytes ?? mostBytes;
  if (seen.sentBytes > most) problems.push(`bytes: ${seen.sentBytes}, more than ${most}`);
  return problems;
}

function triesOf(cell: Cell): number {
  if (cell.fault.leaves === 'before the call') return 0;
  const stated = statedFor(cell);
  return stated && isRepeated(stated) ? 2 : 1;
}

const show = (value: unknown) => (typeof value === 'string' ? value.slice(0, 60) : String(value));
