import { randomUUID } from 'node:crypto';
import type { ReplyRule, ResolvedConfig } from './config.ts';
import { ContextCache } from './context-cache.ts';
import type { BillLine, EmulatorOptions, RequestRecord } from './emulator.ts';
import { Limiter } from './limiter.ts';
import { type KnownModel, mergeModels } from './models.ts';
import { readReplies } from './read-config.ts';
import { RuleBook } from './rule-book.ts';
import { TemporaryStore } from './uploads/temporary-store.ts';
import { UsageCounter } from './usage-counter.ts';

const recordsKept = 1000;

/** What an emulator is and remembers. */
export class Studio {
  readonly config: ResolvedConfig;
  readonly models: ReadonlyMap<string, KnownModel>;
  readonly rules: RuleBook;
  readonly limiter = new Limiter();
  readonly usage = new UsageCounter();
  readonly bill: BillLine[] = [];
  readonly store = new TemporaryStore();
  readonly cache = new ContextCache();
  readonly requests: RequestRecord[] = [];
  /** How often everything was forgotten; what began before is forgotten too, however late it ends. */
  resets = 0;
  readonly now: () => number;
  readonly createId: () => string;
  readonly #onRequest: ((record: RequestRecord) => void) | undefined;

  constructor(
    config: ResolvedConfig,
    { now = Date.now, createId = createServiceId, onRequest }: EmulatorOptions,
  ) {
    this.config = config;
    this.models = mergeModels(config.models);
    this.rules = new RuleBook(config.replies);
    this.now = now;
    this.createId = createId;
    this.#onRequest = onRequest;
  }

  addRules(rules: readonly ReplyRule[]): void {
    this.rules.add(readReplies(rules, this.config));
  }

  record(record: RequestRecord): void {
    this.requests.push(record);
    if (this.requests.length > recordsKept) this.requests.shift();
    this.#onRequest?.(record);
  }

  reset(): void {
    this.resets += 1;
    this.rules.reset();
    this.limiter.clear();
    this.store.clear();
    this.cache.clear();
    this.usage.clear();
    this.bill.length = 0;
    this.requests.length = 0;
  }
}

// The third group of the service's ids starts with a 9.
function createServiceId(): string {
  return randomUUID().replace(/^(.{14})./, '$19');
}
