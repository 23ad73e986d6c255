import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // The longest waits.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** A call is sent as soon as it may be, and refused after a moment. */
function refusedNow(pace: ReturnType<typeof createPace>, retryAfterMs?: number) {
  pass(pace.waitMs());
  const at = pace.started();
  pass(1);
  pace.refused(at, retryAfterMs);
}

test('nothing waits while nothing is refused', () => {
  const pace = createPace();
  for (let sent = 0; sent < 100; sent += 1) pace.started();
  expect(pace.waitMs()).toBe(0);
});

test('pauses double up to a minute, and begin anew when a call that was sent after one is answered', () => {
  const pace = createPace();
  const pauses = [];
  for (let refusals = 0; refusals < 7; refusals += 1) {
    refusedNow(pace);
    pauses.push(pace.waitMs());
  }
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  pass(60_000);
  pace.answered(pace.started());
  refusedNow(pace);
  expect(pace.waitMs()).toBe(2_000);
});

test('a random half of each pause keeps processes apart', () => {
  vi.mocked(Math.random).mockReturnValue(0);
  const pace = createPace();
  refusedNow(pace);
  expect(pace.waitMs()).toBe(1_000);
});

test('the answer of a call that was sent before the pause ends no series of pauses', () => {
  const pace = createPace();
  const before = pace.started();
  refusedNow(pace);
  pace.answered(before);
  refusedNow(pace);
  expect(pace.waitMs()).toBe(4_000);
});

test('a pause is as long as the service asks for', () => {
  const pace = createPace();
  for (const retryAfterMs of [5_000, 90_000]) {
    refusedNow(pace, retryAfterMs);
    expect(pace.waitMs()).toBe(retryAfterMs);
  }
});

test('a volley of refusals counts once', () => {
  const pace = createPace();
  const volley = Array.from({ length: 10 }, () => pace.started());
  pass(10);
  pace.refused(volley[0] ?? 0, undefined);
  pass(10);
  for (const at of volley) pace.refused(at, undefined);
  expect(pace.waitMs()).toBe(1_990);
});

test('a later refusal of the same volley that asks for a longer pause gets it', () => {
  const pace = createPace();
  const volley = [pace.started(), pace.started()];
  pass(10);
  for (const [index, at] of volley.entries()) pace.refused(at, (index + 1) * 5_000);
  expect(pace.waitMs()).toBe(10_000);
});

test('after a pause calls go at half their pace, which doubles with each minute', () => {
  const pace = createPace();
  // Ten a second.
  for (let sent = 0; sent < 100; sent += 1) {
    pace.started();
    pass(100);
  }
  refusedNow(pace, 0);
  pass(pace.waitMs());
  pace.started();
  expect(pace.waitMs()).toBeCloseTo(200, -1);
  pass(60_000);
  expect(pace.waitMs()).toBe(0);
  pace.started();
  expect(pace.waitMs()).toBeCloseTo(100, -1);
  pass(60_000);
  pace.started();
  expect(pace.waitMs()).toBeCloseTo(50, -1);
});

test('nothing slower than the lowest published limit is learned: 60 calls a minute', () => {
  const pace = createPace();
  for (let refusals = 0; refusals < 5; refusals += 1) refusedNow(pace, 0);
  pass(pace.waitMs());
  pace.started();
  expect(pace.waitMs()).toBeLessThanOrEqual(1_000);
  expect(pace.waitMs()).toBeGreaterThan(900);
});
