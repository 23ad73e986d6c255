import { createColors } from 'picocolors';

/** Whether a stream gets colors: none when it is no terminal, or NO_COLOR asks for none. */
export function wantsColor(
  { isTTY }: Pick<NodeJS.WriteStream, 'isTTY'>,
  { FORCE_COLOR = '', NO_COLOR }: NodeJS.ProcessEnv = process.env,
): boolean {
  if (NO_COLOR) return false;
  return FORCE_COLOR === '' ? isTTY === true : !['0', 'false'].includes(FORCE_COLOR);
}

/** For standard output. */
export const colors = createColors(wantsColor(process.stdout));
/** For standard error, which may go elsewhere. */
export const errorColors = createColors(wantsColor(process.stderr));
