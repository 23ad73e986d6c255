import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseIndex } from '../load-cases.ts';
import { packageRoot } from '../package-root.ts';
import { pageData } from './page-data.ts';
import type { SuiteReport } from './suite-report.ts';

/** In the order in which they need each other. */
const modules = [
  'dom.js',
  'verdicts.js',
  'bytes.js',
  'filter.js',
  'summary.js',
  'matrix.js',
  'exchange.js',
  'page.js',
];

/**
 * The run as one file of HTML that needs no network: the matrix, and behind each cell what went over the wire, what is
 * not as expected, and where that is written.
 *
 * @param index the cases that the run was made with, whose replies and titles the report itself does not repeat.
 */
export function htmlReport(report: SuiteReport, index: Pick<CaseIndex, 'cases' | 'behaviors'>): string {
  const style = readPart('page.css');
  // A block, so that the modules' names stay their own.
  const script = `'use strict';\n{\n${modules.map(readModule).join('\n')}}\n`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const parts: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`,
    style: `<style>${style}</style>`,
    data: `<script id="data" type="application/json">${asScriptText(pageData(report, index))}</script>`,
    script: `<script>${script}</script>`,
  };
  return readPart('page.html').replaceAll(
    /<template id="(\w+)"><\/template>/g,
    (_, name: string) => parts[name] ?? '',
  );
}

function readPart(name: string): string {
  return readFileSync(join(packageRoot, 'src/report/page', name), 'utf8');
}

/** A module as part of one script: its imports, which all stand on one line, are the modules before it. */
function readModule(name: string): string {
  return readPart(name)
    .replaceAll(/^import .*\n/gm, '')
    .replaceAll(/^export /gm, '');
}

/** JSON in which nothing can end the script element, or begin a comment in it. */
function asScriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Lets a browser run this text and no other. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
