import { createColors } from 'picocolors';
import type { CellResult } from './cell.ts';
import { type Expected, type Fault, phases } from './fault.ts';
import type { FaultReport } from './run-faults.ts';
import { type Method, methods, type Wire, wires } from './wire.ts';

const widths = { title: 32, kind: 17 };
const letters: Readonly<Record<Wire, string>> = { 'openai-compatible': 'C', dashscope: 'D' };

type Colors = ReturnType<typeof createColors>;

/** The matrix for a terminal of 80 columns, and what is wrong in it. */
export function matrixText(report: FaultReport, { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const head = ['fault'.padEnd(widths.title), ...methods.map((method) => columnHead(method, report))].join(
    '',
  );
  const lines = [`Faults over ${report.subject}`, '', colors.bold(head.trimEnd())];
  for (const phase of phases) {
    const faults = [...new Set(report.cells.map(({ fault }) => fault))].filter(
      (fault) => fault.phase === phase,
    );
    if (faults.length > 0) lines.push('', colors.bold(phase));
    for (const fault of faults) lines.push(row(fault, report, colors));
  }
  return [...lines, '', ...legend(report), ...problemLines(report, colors), summary(report, colors), ''].join(
    '\n',
  );
}

function columnHead(method: Method, { cells }: FaultReport): string {
  const marks = wiresIn(cells).map((wire) => letters[wire]);
  return ` ${method.padEnd(widths.kind + 1)} ${marks.join(' ')}`;
}

function row(fault: Fault, { cells }: FaultReport, colors: Colors): string {
  const columns = methods.map((method) => {
    const expected = fault.expected[method];
    const marks = wiresIn(cells).map((wire) => {
      const own = cells.filter(
        (cell) => cell.fault === fault && cell.method === method && cell.wire === wire,
      );
      if (own.length === 0) return ' ';
      return own.every(({ problems }) => problems.length === 0) ? colors.green('✓') : colors.red('✗');
    });
    const first = cells.find((cell) => cell.fault === fault && cell.method === method && !cell.retried);
    // Where platforms differ, what happened on this one.
    const shown = expected?.or ? first?.seen : expected;
    const names = [shown, ...wires.map((wire) => fault.otherwise?.[wire]?.[method])].flatMap((outcome) =>
      outcome ? [outcomeName(outcome)] : [],
    );
    const repeat = shown?.retryable ? '↻' : ' ';
    return ` ${(names.join(' / ') || '–').padEnd(widths.kind)}${repeat} ${marks.join(' ')}`;
  });
  return [fault.title.padEnd(widths.title), ...columns].join('').trimEnd();
}

/** The kind; of a time limit its name, which says the kind as well. */
export function outcomeName({
  kind,
  timeout,
}: Pick<Expected, 'timeout'> & { readonly kind: string }): string {
  return timeout ?? kind;
}

function wiresIn(cells: readonly CellResult[]): Wire[] {
  return wires.filter((wire) => cells.some((cell) => cell.wire === wire));
}

function legend({ cells }: FaultReport): string[] {
  const named = wiresIn(cells).map((wire) => `${letters[wire]} ${wire}`);
  return [
    `${named.join(', ')}. …Ms: of kind timeout, by this limit.`,
    '↻ may be tried again, and was with retries, before the first text.',
    '',
  ];
}

function problemLines({ cells, unhandled, leftResources }: FaultReport, colors: Colors): string[] {
  const wrong = cells.filter(({ problems }) => problems.length > 0);
  const lines = wrong.flatMap(({ fault, wire, method, retried, problems }) => [
    colors.red(`✗ ${fault.id}: ${wire} ${method}${retried ? ' with retries' : ''}`),
    ...problems.map((problem) => `    ${problem}`),
  ]);
  return [
    ...lines,
    ...unhandled.map((reason) => colors.red(`✗ unhandled rejection: ${reason}`)),
    ...leftResources.map((name) => colors.red(`✗ left over: ${name}`)),
  ];
}

function summary(report: FaultReport, colors: Colors): string {
  const { cells, unhandled, leftResources, durationMs } = report;
  const good = cells.filter(({ problems }) => problems.length === 0).length;
  const lines = [
    `${good} of ${cells.length} calls came out as stated, in ${(durationMs / 1000).toFixed(1)} s;`,
    `${unhandled.length} unhandled rejections, ${leftResources.length} resources left over.`,
  ];
  return lines.map(isGood(report) ? colors.green : colors.red).join('\n');
}

export function isGood({ cells, unhandled, leftResources }: FaultReport): boolean {
  return (
    cells.every(({ problems }) => problems.length === 0) && unhandled.length + leftResources.length === 0
  );
}
