import { fileURLToPath } from 'node:url';

/** Where the matrix is published. */
export const docsPage = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url));
