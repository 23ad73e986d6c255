import type { SoakReport } from './run-soak.ts';

/** Below this much for each stream, growth is the platform's own: lists of freed connections, compiled code. */
const noticeableBytesPerStream = 50;

/** What is wrong in a run; empty when all is well. */
export function judgeSoak(report: SoakReport): string[] {
  const { growth, streams, rounds } = report;
  const perStream = growth.slope / (streams / rounds.length);
  // Both more than noise, and more than nothing.
  const leaks = growth.slope > 3 * growth.error && perStream > noticeableBytesPerStream;
  return [
    ...report.problems,
    ...report.unhandled.map((reason) => `unhandled rejection: ${reason}`),
    ...(report.lostEvents === 0 ? [] : [`${report.lostEvents} events were lost`]),
    ...(report.openStreams === 0 ? [] : [`${report.openStreams} streams were left open`]),
    ...(leaks ? [`memory grew by ${Math.round(perStream)} bytes with each stream`] : []),
  ];
}
