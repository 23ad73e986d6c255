import type { CheckReport, Finding } from '@qwire/workspaces';
import { colors } from '../colors.ts';
import { visible } from '../visible.ts';
import { outputWidth, wrapText } from './wrap-text.ts';

const marks: Readonly<Record<Finding['standing'], (text: string) => string>> = {
  good: (text) => colors.green(`✓ ${text}`),
  wrong: (text) => colors.red(`✗ ${text}`),
  unknown: (text) => colors.yellow(`? ${text}`),
  intended: (text) => colors.dim(`– ${text}`),
};

/** A check for reading: each workspace, each model with its verdict, and what to do and who can. */
export function reportText({ findings }: Pick<CheckReport, 'findings'>, width = outputWidth()): string {
  const names = [...new Set(findings.map(({ workspace }) => workspace))];
  const parts = names.map((name) => {
    const own = findings.filter(({ workspace }) => workspace === name);
    return [
      colors.bold(name),
      ...own.map((finding, index) => findingText(finding, own.slice(0, index), width)),
    ].join('\n');
  });
  return [...parts, summary(findings)].join('\n\n');
}

function findingText(finding: Finding, before: readonly Finding[], width: number): string {
  const { model, standing, title, detail, step, who } = finding;
  const head = wrapText(`${model}: ${title}`, { width: width - 2, indent: '    ' }).trimStart();
  // What is to be done is the same for every model with the same verdict.
  const first = before.find(({ verdict }) => verdict === finding.verdict);
  return [
    `  ${marks[standing](head)}`,
    ...(detail === undefined || standing === 'good' ? [] : [colors.dim(block(detail))]),
    ...(step === undefined ? [] : [block(first ? `→ As for ${first.model}.` : `→ ${step}`)]),
    ...(who === undefined || first ? [] : [block(`Who: ${who}.`)]),
  ].join('\n');

  function block(text: string): string {
    return wrapText(visible(text), { width, indent: '      ' });
  }
}

const counted: readonly (readonly [standing: Finding['standing'], words: string])[] = [
  ['good', 'may be called'],
  ['wrong', 'may not, and somebody has to act'],
  ['unknown', 'not known'],
  ['intended', 'kept from it by this configuration'],
];

function summary(findings: readonly Finding[]): string {
  const counts = counted.flatMap(([standing, words]) => {
    const count = findings.filter((finding) => finding.standing === standing).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return wrapText(`Of ${findings.length} checked: ${counts.join('; ')}.`, {
    width: outputWidth(),
    indent: '',
  });
}
