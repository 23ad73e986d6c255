/** Whether there is such a day, `2026-11-01`, or month. JavaScript reads a 30th of February as the second of March. */
export function isOnCalendar(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
