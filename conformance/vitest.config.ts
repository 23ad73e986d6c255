import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Whole tables of cases run within one test, on machines that are busy with other packages' tests.
  test: { testTimeout: 120_000 },
});
