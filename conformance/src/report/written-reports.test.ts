import { expect, test } from 'vitest';
import { hostileReport, hostileText } from '../../self-check/sample-report.ts';
import { junitReport } from './junit.ts';
import { matrixMarkdown } from './matrix.ts';

const { report } = hostileReport();

test('hostile text stays text in JUnit XML, without what XML cannot hold', () => {
  const xml = junitReport(report);
  const elements = [...xml.matchAll(/<([!?\w/]+)/g)].map(([, name]) => name);
  const known = ['?xml', 'testsuites', 'testsuite', 'testcase', 'failure', 'error'];
  expect(elements.filter((name = '') => !known.includes(name.replace('/', '')))).toEqual([]);
  expect(xml).not.toContain('\u0000');
  expect(xml).toContain('failures="1" errors="1"');
});

test('hostile text neither ends a cell of the Markdown matrix nor becomes markup in it', () => {
  const [head = '', rule = '', row = ''] = matrixMarkdown(report).split('\n');
  const cellsOf = (line: string) => line.replaceAll(/\\./g, '').split('|').length;
  expect(cellsOf(head)).toBe(5);
  expect([cellsOf(rule), cellsOf(row)]).toEqual([5, 5]);
  expect(head.replaceAll(/\\./g, '')).not.toMatch(/[<>]/);
  expect(hostileText).toContain('<');
});
