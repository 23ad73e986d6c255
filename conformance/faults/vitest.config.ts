import { defineConfig } from 'vitest/config';

// The whole matrix runs before its first test; what it waits for is bounded by its own watchdog. One file after the
// other, so that none waits for the thread of another.
export default defineConfig({
  test: { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false },
});
