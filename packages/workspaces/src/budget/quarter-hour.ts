/**
 * Spending is summed up by quarters of an hour: every time zone of today has its days begin on one, so that any day and
 * month is made of whole ones.
 */
export const quarterHourMs = 15 * 60_000;

export function quarterHourOf(at: string): number {
  return Math.floor(Date.parse(at) / quarterHourMs) * quarterHourMs;
}
