/** What a shell says of a program that a closed pipe ended. */
const closedPipeExitCode = 141;

let hasMoreToDo = false;

/** Ends the program when whoever reads what it prints has left, as `qwire … | head` does. */
export function endWithoutReader(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exit(1);
    if (!hasMoreToDo) process.exit(closedPipeExitCode);
  });
}

/** From now on it does not end then: it has files to write, and a verdict to leave with. */
export function goOnWithoutReader(): void {
  hasMoreToDo = true;
}
