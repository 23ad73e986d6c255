import { defineConfig } from 'vitest/config';

// Nearly every test starts processes or a database, which takes its time on a busy machine.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: ['**/node_modules/**', '**/*.external.test.ts'],
  },
});
