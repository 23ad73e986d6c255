import { defineConfig } from 'vitest/config';

/** What needs a PostgreSQL server beside Node; the server is that of the ledger's own tests. */
export default defineConfig({
  test: {
    include: ['test/**/*.external.test.ts'],
    globalSetup: ['../../packages/workspaces/src/ledger/postgres-server.fixture.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
