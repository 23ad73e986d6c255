import { defineConfig } from 'vitest/config';

/** What needs a program beside Node. */
export default defineConfig({
  test: { include: ['self-check/**/*.external.test.ts'], testTimeout: 120_000 },
});
