import { quarterHourMs } from './quarter-hour.ts';

/** A span of time: milliseconds since 1970, the end no longer in it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The day or month of the given time zone in which a moment lies. */
export function periodOf(
  at: number,
  { per, timeZone }: { readonly per: 'day' | 'month'; readonly timeZone: string },
): Period {
  const [year, month, day] = calendarDay(at, timeZone);
  const isMonth = per === 'month';
  return {
    from: beginOfDay(Date.UTC(year, month - 1, isMonth ? 1 : day), timeZone),
    to: beginOfDay(isMonth ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1), timeZone),
  };
}

/** The day in the given time zone, such as `2026-11-01`. */
export function dayOf(at: number, timeZone: string): string {
  const [year, month, day] = calendarDay(at, timeZone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** What `isTimeZone` expects, in words. */
export const timeZoneWords = 'an IANA name such as "Asia/Shanghai", no offset or abbreviation';

/** PostgreSQL reads offsets with the sign turned round, and abbreviations such as CET without summer time. */
const ambiguous = /^([+-]|(?!UTC|GMT)[a-z]{3}$)/i;

/** Whether the name means one zone, the same on every platform and in every store. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || ambiguous.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The first moment of a day that is given by its midnight in UTC; where clocks skip midnight, that is later than 00:00. */
export function beginOfDay(midnight: number, timeZone: string): number {
  const wanted = dayOf(midnight, 'UTC');
  // No zone is farther from UTC than 14 hours, and clocks change on quarters of an hour.
  const furthest = 15 * 3_600_000;
  let before = midnight - furthest;
  let after = midnight + furthest;
  while (after - before > quarterHourMs) {
    const middle = before + Math.floor((after - before) / 2 / quarterHourMs) * quarterHourMs;
    if (dayOf(middle, timeZone) < wanted) before = middle;
    else after = middle;
  }
  return after;
}

function calendarDay(at: number, timeZone: string): readonly [year: number, month: number, day: number] {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return [read('year'), read('month'), read('day')];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes much longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
