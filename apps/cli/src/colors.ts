import { createColors } from 'picocolors';

const { FORCE_COLOR, NO_COLOR } = process.env;

/** Colors for standard output: none when it is no terminal, or NO_COLOR asks for none. */
export const colors = createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true));
