import { defineConfig } from 'vitest/config';

// Generous, for a busy machine; nothing waits that long on purpose.
export default defineConfig({ test: { testTimeout: 30_000, expect: { poll: { timeout: 20_000 } } } });
