// A process that shares the limits of a file with others. Run by Node: child.fixture.ts <socket folder> <calls>
import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { createToyClient, say } from '../ledger/toy-service.fixture.ts';
import { createWorkspaces } from './create-workspaces.ts';
import { fromJSON } from './from-json.ts';

const [host = '', calls = '0'] = process.argv.slice(2);
process.env.TOY_KEY = 'sk-toy';
const file = `{ "region": "singapore", "workspaces": {
  "marketing": { "apiKeyFrom": "TOY_KEY", "limits": [
    { "models": "*", "requests": 20, "windowMs": 600000 },
    { "models": "qwen-*", "requests": 30, "windowMs": 900000 } ] },
  "research": { "apiKeyFrom": "TOY_KEY", "limits": [{ "models": "*", "requests": 20, "windowMs": 600000 }] }
} }`;

const pool = new pg.Pool({ host, user: 'postgres', database: 'postgres', max: 5 });
const table = { storeClient: pool, tableName: 'limits_of_workspaces', clearExpiredByTimeout: false };
await new Promise<void>((resolve, reject) => {
  new RateLimiterPostgres({ ...table, points: 1, duration: 1 }, (error) =>
    error ? reject(error) : resolve(),
  );
});

const studio = createWorkspaces({
  wire: (options) => createToyClient(options).client,
  ...fromJSON(file),
  shareLimits: (window) => new RateLimiterPostgres({ ...table, tableCreated: true, ...window }),
});

// Long enough for all that there is room for.
const signal = AbortSignal.timeout(5_000);
const names = studio.names.flatMap((name) => Array.from({ length: Number(calls) }, () => name));
const outcomes = await Promise.allSettled(
  names.map((name) => studio.workspace(name).chat(say(), { signal })),
);
await pool.end();
const sent = studio.names.map((name) => [
  name,
  outcomes.filter(({ status }, index) => status === 'fulfilled' && names[index] === name).length,
]);
const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.kind] : []));
console.log(JSON.stringify({ sent: Object.fromEntries(sent), failures: [...new Set(failures)] }));
