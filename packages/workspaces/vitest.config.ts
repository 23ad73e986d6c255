import { defineConfig } from 'vitest/config';

// A busy machine is slow; a test that hangs still ends.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: ['**/node_modules/**', '**/*.external.test.ts'],
  },
});
