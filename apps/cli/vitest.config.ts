import { defineConfig } from 'vitest/config';

// Every test starts processes, which takes its time on a busy machine.
export default defineConfig({
  test: { testTimeout: 60_000, exclude: ['**/node_modules/**', '**/*.external.test.ts'] },
});
