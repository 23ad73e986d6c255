import type { ComparedCell, Comparison } from './comparison.ts';
import { type Expected, type Fault, phases } from './fault.ts';
import { outcomeName } from './matrix-text.ts';
import { methods, wires } from './wire.ts';

const intro = `# What goes wrong, and what a call comes to

<!-- Written by \`npm run faults -- --write\`. -->

Each row is played over real sockets to both adapters, with \`chat\` and with \`stream\`, over \`fetch\` and over
\`@qwire/core/node\`: once without retries, and, where that says more, once with them. Beside what is stated here it is
held for every call that
- nothing hangs beyond its time limit,
- no connection, timer or listener is left, and no rejection is unhandled,
- no more is taken from an endless reply than the limits of 32 MB for a line or an event and 64 MB for a body allow,
- the key is in no error and has reached no other host,
- \`response()\` of a stream fails with what its loop threw.

\`↻\`: \`retryable\`; it was tried again when retries were allowed, and then came out \`ok\`. After text has been handed out
nothing is repeated. Of kind \`timeout\` the limit is named that ended the call.

\`npm run faults\` plays all of it and prints the matrix.
`;

/** The page of the matrix: what is stated, and what another client did. */
export function matrixMarkdown(faults: readonly Fault[], comparison: Comparison): string {
  const sections = phases.map((phase) => {
    const rows = faults.filter((fault) => fault.phase === phase).map((fault) => row(fault, comparison));
    return `## ${phase[0]?.toUpperCase()}${phase.slice(1)}\n\n${[...tableHead(comparison), ...rows].join('\n')}\n`;
  });
  return [intro, ...sections, notes(comparison)].join('\n');
}

function tableHead({ client }: Comparison): string[] {
  return [
    `| What happens | \`chat\` | \`stream\` | ${client}: chat | ${client}: stream |`,
    '| --- | --- | --- | --- | --- |',
  ];
}

function row(fault: Fault, { cells }: Comparison): string {
  const own = methods.map((method) => {
    const others = wires.flatMap((wire) => {
      const other = fault.otherwise?.[wire]?.[method];
      return other ? [`; ${wire}: ${ownCell(other)}`] : [];
    });
    return ownCell(fault.expected[method]) + others.join('');
  });
  const others = methods.map((method) => comparedCell(cells[fault.id]?.[method]));
  return `| ${[fault.title, ...own, ...others].join(' | ')} |`;
}

function ownCell(expected: Expected | undefined): string {
  if (!expected) return '–';
  const { kind, retryable, text, or } = expected;
  const after = kind !== 'ok' && text && text !== 'any' ? ', after text' : '';
  const other = or ? ` or ${ownCell(or)}` : '';
  return `\`${outcomeName(expected)}\`${retryable ? ' ↻' : ''}${after}${other}`;
}

function comparedCell(cell: ComparedCell | undefined): string {
  if (!cell) return '–';
  return cell.wrong ? `**${cell.outcome}**` : cell.outcome;
}

function notes({ client, version, date }: Comparison): string {
  return `## Notes

- \`${client}\` ${version}, as of ${date}, without retries, over the compatible wire; its one time limit is set to the
  shortest of the row. It is shown for comparison and holds nothing up. In bold: it hangs (it
  was still waiting after 8 s, with a limit of at most 1 s), reads without end, takes a broken reply for a whole one, or
  refuses a whole one.
- Node's \`fetch\` cannot be made to give up a connection that is being made: after a call was aborted or timed out in the
  TLS handshake, its socket stays for up to 10 s, the platform's own limit. \`@qwire/core/node\` closes it at once.
- Node's \`fetch\` hands out what there is of a truncated gzip body as if it were all, so that only the missing end of the
  reply tells; and it takes a \`100 Continue\` that nobody asked for as a broken connection.
- The native wire has no end mark: only the end of the response tells that nothing comes after the finish reason. So a
  reset there is a lost connection on that wire, and all of the text has been handed out.
- A certificate that is not trusted is of kind \`connection\` and not tried again.
`;
}
