import { defineConfig } from 'vitest/config';

// The first import of all clients takes seconds on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000 } });
