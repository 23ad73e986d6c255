import { expect, test } from 'vitest';
import { dayOf, isTimeZone, periodOf } from './period.ts';

function period(at: string, per: 'day' | 'month', timeZone = 'UTC') {
  const { from, to } = periodOf(Date.parse(at), { per, timeZone });
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

test.each([
  ['2026-11-30T23:59:59.999Z', 'day', 'UTC', '2026-11-30T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T00:00:00.000Z', 'day', 'UTC', '2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'],
  ['2026-12-31T12:00:00.000Z', 'month', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 'month', 'UTC', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  [
    '2026-11-30T17:00:00.000Z',
    'month',
    'Asia/Shanghai',
    '2026-11-30T16:00:00.000Z',
    '2026-12-31T16:00:00.000Z',
  ],
  [
    '2026-11-01T00:00:00.000Z',
    'day',
    'Asia/Kathmandu',
    '2026-10-31T18:15:00.000Z',
    '2026-11-01T18:15:00.000Z',
  ],
  [
    '2026-01-01T05:00:00.000Z',
    'day',
    'Pacific/Kiritimati',
    '2025-12-31T10:00:00.000Z',
    '2026-01-01T10:00:00.000Z',
  ],
  ['2026-01-01T05:00:00.000Z', 'day', 'Pacific/Niue', '2025-12-31T11:00:00.000Z', '2026-01-01T11:00:00.000Z'],
] as const)('%s lies in a %s of %s', (at, per, timeZone, from, to) => {
  expect(period(at, per, timeZone)).toEqual([from, to]);
});

test('a day on which clocks change has 23 or 25 hours', () => {
  expect(period('2026-03-08T20:00:00Z', 'day', 'America/New_York')).toEqual([
    '2026-03-08T05:00:00.000Z',
    '2026-03-09T04:00:00.000Z',
  ]);
  expect(period('2026-11-01T20:00:00Z', 'day', 'America/New_York')).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
});

test('a day whose midnight is skipped begins when the clock first shows it', () => {
  expect(period('2026-04-24T12:00:00Z', 'day', 'Africa/Cairo')).toEqual([
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
  ]);
});

test('days follow each other without a gap in every zone', () => {
  const odd = Intl.supportedValuesOf('timeZone').filter((timeZone) => {
    const today = periodOf(Date.parse('2026-06-15T12:00:00Z'), { per: 'day', timeZone });
    const tomorrow = periodOf(today.to, { per: 'day', timeZone });
    return tomorrow.from !== today.to || dayOf(today.to - 1, timeZone) === dayOf(today.to, timeZone);
  });
  expect(odd).toEqual([]);
});

test.each(['+08:00', '-08:00', '+0530', 'CET', 'met', 'EET', 'WET', 'IST', 'CST', '', null])(
  '%j is no time zone, since platforms and stores do not agree what it means',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);

test('knows which time zones there are', () => {
  expect([isTimeZone('Asia/Shanghai'), isTimeZone('UTC'), isTimeZone('Mars/Olympus')]).toEqual([
    true,
    true,
    false,
  ]);
});
