import { defineConfig } from 'vitest/config';

/** What needs a PostgreSQL server beside Node. */
export default defineConfig({
  test: {
    include: ['src/**/*.external.test.ts'],
    globalSetup: ['src/ledger/postgres-server.fixture.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
