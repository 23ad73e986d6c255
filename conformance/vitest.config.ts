import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Whole tables of cases run within one test, on machines that are busy with other packages' tests.
  test: {
    testTimeout: 120_000,
    // Run elsewhere: by the packages of drivers and of faults, in another folder by packed.test.ts, by test:browser and test:external.
    exclude: [
      '**/node_modules/**',
      'drivers/**',
      'faults/**',
      'self-check/packed/outside/**',
      '**/*.{browser,external}.test.ts',
    ],
  },
});
