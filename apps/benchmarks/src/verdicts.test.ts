import { expect, test } from 'vitest';
import { contenders } from './contenders.ts';
import { aboveFloorGoals, goalOf, probeGoals, ratioGoals } from './goals.ts';
import { measures } from './measures.ts';
import { probes } from './probes.ts';
import { printVerdicts, toVerdicts } from './verdicts.ts';
import { versionsOf } from './versions.ts';

test('each goal is for something that is measured', () => {
  expect(Object.keys(measures)).toEqual(expect.arrayContaining(Object.keys(ratioGoals)));
  expect(Object.keys(probes)).toEqual(
    expect.arrayContaining([...Object.keys(probeGoals), ...Object.keys(aboveFloorGoals)]),
  );
});

test('goals are for our clients, by their transport', () => {
  expect(goalOf({ fetch: 1, node: 2 }, 'qwire-dashscope-fetch')).toBe(1);
  expect(goalOf({ fetch: 1, node: 2 }, 'qwire-dashscope-node')).toBe(2);
  expect(goalOf({ fetch: 1, node: 2 }, 'openai')).toBeUndefined();
});

test('what has no goal is left out, and what is not met is named with its goal', () => {
  const ratio = { min: 0.9, median: 1.2, max: 1.3 };
  const row = { measure: 'call', contender: 'qwire-dashscope-fetch', cpu: 1, wall: 1, connections: 0, ratio };
  const verdicts = toVerdicts(
    [
      { ...row, goal: 1, met: false },
      { ...row, contender: 'openai' },
    ],
    [{ probe: 'heap', contender: 'qwire-dashscope-node', value: ratio, goal: 13, met: true }],
    [{ program: 'both wires', kilobytes: 30.04, goal: 9, met: false }],
  );
  expect(verdicts.map(({ met }) => met)).toEqual([false, true, false]);
  expect(printVerdicts(verdicts).split('\n')).toEqual([
    'Goals: 1 of 3 met; not met:',
    expect.stringMatching(/^ {2}@qwire\/dashscope +one 1 KB call: 1.20 of the floor, goal 1$/),
    expect.stringMatching(/^ {2}both wires +bundle: 30.0 kB, goal 9$/),
  ]);
});

test('every package that is measured has a version', () => {
  const versions = versionsOf(Object.keys(contenders));
  expect(Object.keys(versions)).toEqual(
    expect.arrayContaining(['ai', 'openai', 'undici', '@qwire/dashscope']),
  );
  for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
