import { expect, test } from 'vitest';
import { sampleReport, sampleResult } from '../../../self-check/sample-report.ts';
import { pageData } from '../page-data.ts';
import { fromAddress, noFilter, shownColumns, shownRows, toAddress } from './filter.js';

const results = [
  sampleResult({ behavior: 'errors/one', client: 'native' }),
  sampleResult({ behavior: 'errors/two', client: 'native', verdict: 'fail' }),
  sampleResult({ behavior: 'stream/three', client: 'native' }),
  sampleResult({ behavior: 'errors/one', client: 'other', wireFormat: 'openai-compatible', verdict: 'fail' }),
];
const report = sampleReport({
  results,
  clients: [
    { name: 'native', version: '1', wireFormat: 'dashscope' },
    { name: 'other', version: '1', wireFormat: 'openai-compatible' },
  ],
});
const data = pageData(report, { cases: [], behaviors: new Map([['errors/two', 'A Bill that is overdue']]) });

test.each([
  ['nothing', {}, ['errors/one', 'errors/two', 'stream/three']],
  ['a group', { group: 'stream' }, ['stream/three']],
  ['words of a title', { text: 'overdue  BILL' }, ['errors/two']],
  ['a part of a name', { text: 'three' }, ['stream/three']],
  ['a verdict', { verdicts: ['fail'] }, ['errors/one', 'errors/two']],
  ['a verdict of one client', { verdicts: ['fail'], clients: ['native'] }, ['errors/two']],
  ['a verdict on one wire', { verdicts: ['fail'], wire: 'openai-compatible' }, ['errors/one']],
  ['a wire, whose clients do not know every behavior', { wire: 'openai-compatible' }, ['errors/one']],
])('a filter by %s shows what it names', (_, filter, shown) => {
  expect(shownRows(data, { ...noFilter, ...filter }).map(({ behavior }) => behavior)).toEqual(shown);
});

test('clients that were not chosen, and those of another wire, have no column', () => {
  expect(shownColumns(data, { ...noFilter, clients: ['other'] })).toEqual([1]);
  expect(shownColumns(data, { ...noFilter, wire: 'dashscope' })).toEqual([0]);
});

test('a filter survives the page address', () => {
  const filter = {
    text: 'a & b',
    verdicts: ['fail', 'pass'],
    wire: 'dashscope',
    clients: ['@x/y z'],
    group: 'errors',
  };
  expect(fromAddress(new URLSearchParams(String(toAddress(filter))))).toEqual(filter);
  expect(String(toAddress(noFilter))).toBe('');
});
