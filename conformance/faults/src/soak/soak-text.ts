import type { SoakReport, SoakRound } from './run-soak.ts';

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(2);
const kilobytes = (bytes: number) => (bytes / 2 ** 10).toFixed(1);

export function roundText(round: SoakRound, number: number): string {
  const { streams, events, durationMs, usedBytes } = round;
  const perSecond = Math.round(events / (durationMs / 1000));
  const seconds = (durationMs / 1000).toFixed(1);
  return `round ${String(number).padStart(3)}  ${streams} streams  ${events} events in ${seconds} s (${perSecond}/s)  ${megabytes(usedBytes)} MB in use after`;
}

/** The figures of a run, one a line. */
export function soakText(report: SoakReport): string {
  const { growth, rounds } = report;
  const lines = [
    ['seed', String(report.seed)],
    ['duration', `${(report.durationMs / 1000).toFixed(0)} s, ${rounds.length} rounds`],
    [
      'streams',
      `${report.streams}, at most ${report.peakStreams} at a time, ${report.openStreams} left open`,
    ],
    ['events', `${report.events}, ${report.lostEvents} lost, ${report.problems.length} other than planned`],
    ['unhandled', `${report.unhandled.length} rejections`],
    [
      'memory',
      `${megabytes(rounds[0]?.usedBytes ?? 0)} MB after the first round, ${megabytes(rounds.at(-1)?.usedBytes ?? 0)} MB after the last`,
    ],
    [
      'growth',
      Number.isFinite(growth.error)
        ? `${kilobytes(growth.slope)} ± ${kilobytes(growth.error)} KB per round, from the second on`
        : 'not to be told from so few rounds',
    ],
    ['event loop', `99 of 100 delays under ${report.delayMs.toFixed(0)} ms`],
  ];
  const problems = [...report.problems.slice(0, 20), ...report.unhandled.slice(0, 20)];
  return [...lines.map(([name = '', value]) => `${name.padEnd(12)}${value}`), ...problems].join('\n');
}
