import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether a module is the program that was started, and not one that a test imports. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Prints what is wrong and ends with 1, or says that nothing is. */
export function report(problems, { about, fine }) {
  if (problems.length === 0) return console.log(fine);
  console.error(`${about}:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  process.exitCode = 1;
}
