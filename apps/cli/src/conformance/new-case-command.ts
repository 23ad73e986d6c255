import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CaseFormatError, loadCases, type ScaffoldOptions, scaffoldCase } from '@qwire/conformance';
import { type Command, Option } from 'commander';
import { colors, errorColors } from '../colors.ts';
import { UsageCommand } from '../usage-command.ts';

interface Options extends Omit<ScaffoldOptions, 'behavior' | 'folder'> {
  readonly cases?: string;
}

/** `qwire conformance new`: begins a case that is well formed and fails. */
export function newCaseCommand(): Command {
  return (
    new UsageCommand('new')
      .description(
        'Begin a case: a scenario for both wires that is well formed, and fails until it is filled in',
      )
      .argument('<group/name>', 'such as errors/rejected-key')
      .option('--like <group/name>', 'copy the shape of this case, of your own folder or of the suite')
      .addOption(
        new Option('--operation <name>', 'what is called, unless --like says it').choices([
          'chat',
          'stream',
          'embed',
        ]),
      )
      .option('--title <text>', 'the fact that a caller can rely on, in the present tense')
      .option('--source <id-or-url>', 'where it is written: an entry of sources.json')
      .option('--cases <folder>', 'where cases lie (cases or conformance/cases, where there is one)')
      .addHelpText(
        'after',
        `
Examples:
  qwire conformance new errors/quota-of-a-day --like errors/arrearage --source error-code-zh
  qwire conformance new stream/greeting --operation stream --cases my-cases`,
      )
      // Options such as --cases have the same name in the command around this one, which takes them when they come first.
      .action((behavior: string, _: Options, command: Command) => begin(behavior, command.optsWithGlobals()))
  );
}

function begin(behavior: string, { cases, like, operation, title, source }: Options): void {
  const folder = cases ?? findCases();
  const created = scaffoldCase({
    behavior,
    folder,
    ...(like !== undefined && { like }),
    ...(operation !== undefined && { operation }),
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
  });
  console.log(`Created ${created.folder}, with the shape of ${created.like}:`);
  for (const file of created.files) console.log(`  ${file}`);
  console.log(`
Next:
  1. Write the replies as the document shows them, with text and ids of your own.
  2. In scenario.json, state the title, the call, the requests, the sources and what the caller must see:
     whatever says "FILL IN", and whatever is still that of ${created.like}.
  3. See it fail, then make the client pass:
     ${colors.bold(runCommand(folder, behavior))}`);
  const problems = findProblems(folder);
  if (problems.length === 0) return;
  console.error(errorColors.red(`\nMistakes in ${folder}, which no case runs with:\n${problems.join('\n')}`));
  process.exitCode = 1;
}

/** In the suite's own repository, its script runs both adapters. */
function runCommand(folder: string, behavior: string): string {
  if (folder === ownCases) return `npm run conformance -- --filter ${behavior}`;
  return `npx qwire conformance --driver <file> --cases ${folder} --filter ${behavior}`;
}

const ownCases = join('conformance', 'cases');

function findProblems(folder: string): readonly string[] {
  try {
    loadCases({ folder });
    return [];
  } catch (error) {
    if (error instanceof CaseFormatError) return error.problems;
    throw error;
  }
}

function findCases(): string {
  const found = ['cases', ownCases].find((folder) => existsSync(folder));
  if (found !== undefined) return found;
  throw new Error(
    'There is no folder of cases here. Name one with --cases; it is created when it does not exist.',
  );
}
