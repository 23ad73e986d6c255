import { expect, test } from 'vitest';
import { runExampleTool } from './example-tools.ts';

function run(name: string, input: unknown): unknown {
  return JSON.parse(runExampleTool({ id: 'call_1', name, arguments: 'as sent', input }));
}

test('the weather names the city that was asked for and says that it is an example', () => {
  expect(run('get_weather', { city: 'Hangzhou' })).toMatchObject({ city: 'Hangzhou', example: true });
});

test('the time is that of the time zone', () => {
  expect(run('get_time', { time_zone: 'Asia/Singapore' })).toMatchObject({ time_zone: 'Asia/Singapore' });
});

test('a call that cannot be run is answered with what is wrong', () => {
  expect(run('get_time', { time_zone: 'Nowhere' })).toEqual({
    error: 'Invalid time zone specified: Nowhere',
  });
  expect(run('get_news', {})).toEqual({ error: 'There is no tool get_news.' });
  expect(run('get_weather', undefined)).toEqual({ error: 'The arguments are no JSON object: as sent' });
});
