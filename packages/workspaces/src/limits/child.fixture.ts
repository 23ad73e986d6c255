// A process that shares limits with others. Run by Node: child.fixture.ts <socket folder> <options as JSON>
import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { limitCalls } from './limit-calls.ts';
import type { ChildOptions } from './run-child.fixture.ts';
import { createCaller, createService, tokensInText } from './toy-calls.fixture.ts';

const [host = '', words = '{}'] = process.argv.slice(2);
const { unit, points, duration, calls, text, maxWaitMs, used } = JSON.parse(words) as ChildOptions;

const pool = new pg.Pool({ host, user: 'postgres', database: 'postgres', max: 5 });
const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
  const made = new RateLimiterPostgres(
    { storeClient: pool, tableName: 'limits', points, duration, clearExpiredByTimeout: false },
    (error) => (error ? reject(error) : resolve(made)),
  );
});
const givenBack: Promise<unknown>[] = [];
const reward = limiter.reward.bind(limiter);
limiter.reward = (key, amount) => {
  const done = reward(key, amount);
  givenBack.push(done);
  return done;
};

const sent: number[] = [];
const service = createService({
  latencyMs: 5,
  answer: () => {
    sent.push(Date.now());
    return used;
  },
});
const call = createCaller(
  limitCalls({
    workspace: 'marketing',
    limits: [{ models: '*', [unit]: limiter }],
    maxWaitMs,
    estimateTokens: tokensInText,
    onError: (error) => {
      throw error;
    },
  }),
  service.next,
);
const outcomes = await Promise.allSettled(Array.from({ length: calls }, () => call(text)));
// Calls do not wait for it.
await Promise.all(givenBack);
await pool.end();
const failures = outcomes.flatMap((outcome) =>
  outcome.status === 'rejected' ? [String(outcome.reason)] : [],
);
console.log(JSON.stringify({ sent, failures }));
