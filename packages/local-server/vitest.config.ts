import { defineConfig } from 'vitest/config';

// A busy machine is slow; a test that hangs still ends.
export default defineConfig({ test: { testTimeout: 30_000 } });
