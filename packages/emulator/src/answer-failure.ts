import { isBrokenOff } from '@qwire/local-server';

/** Prints a failure of the emulator itself. Whoever breaks off in the middle of a request is none, however often. */
export function answerFailure(error: Error): Response {
  if (isBrokenOff(error)) return new Response(null, { status: 400 });
  console.error(error);
  return new Response('The emulator itself failed; the terminal that it was started from says why.', {
    status: 500,
  });
}
