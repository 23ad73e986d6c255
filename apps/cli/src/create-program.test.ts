import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from './create-program.ts';

const silent = { writeErr() {}, writeOut() {} };

function throwing(command: Command): Command {
  for (const inner of command.commands) throwing(inner);
  return command.configureOutput(silent).exitOverride();
}

test.each([
  '--no-such-option',
  'no-such-command',
  'emulator --port many',
  'doctor --wire http',
  'costs --no-such-option',
  'conformance --carrier pigeon',
  'conformance new',
])('wrong usage leaves with 2: qwire %s', async (line) => {
  const run = throwing(createProgram()).parseAsync(line.split(' '), { from: 'user' });
  await expect(run).rejects.toMatchObject({ exitCode: 2 });
});
