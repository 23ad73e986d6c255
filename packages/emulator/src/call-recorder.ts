import type { Workspace } from './chat-call.ts';
import type { RequestRecord, TokenUsage, WireName } from './emulator.ts';
import type { Refusal } from './refusal.ts';
import type { Studio } from './studio.ts';

export interface RecordedRequest {
  readonly request: Request;
  readonly wire: WireName | undefined;
  readonly body: unknown;
  readonly stream: boolean;
  /** Whether it is on the bill; yes unless given. */
  readonly billed?: boolean;
}

/** Notes what becomes of one request, for the log and the bill. Only the first end counts. */
export class CallRecorder {
  readonly requestId: string;
  readonly at: number;
  readonly #studio: Studio;
  readonly #recorded: RecordedRequest;
  readonly #begunAfter: number;
  #over = false;
  workspace: Workspace | undefined;
  model: string | undefined;
  unknownParameters: readonly string[] = [];
  /** What the price of the tokens depends on. */
  thinking = false;
  explicitCache = false;
  /** Tells the limits how many tokens were used. */
  spend: (tokens: number) => void = () => {};

  /** Called when the whole answer was given. */
  onFinish: () => void = () => {};

  constructor(studio: Studio, recorded: RecordedRequest) {
    this.#studio = studio;
    this.#recorded = recorded;
    this.#begunAfter = studio.resets;
    this.requestId = studio.createId();
    this.at = studio.now();
  }

  /** @param usage - `undefined` for what is not counted in tokens. */
  finish(usage: TokenUsage | undefined): void {
    this.#end({ outcome: 'finished', usage });
  }

  /** @param usage - tokens up to where the reader left; `undefined` when nothing was sent. */
  cancel(usage: TokenUsage | undefined): void {
    this.#end({ outcome: 'cancelled', usage });
  }

  /** A configured fault ended the reply. */
  breakOff(): void {
    this.#end({ outcome: 'failed', message: 'broken off, as configured' });
  }

  fail({ error }: Refusal): void {
    const { native, compatible, status } = error;
    const isNative = this.#recorded.wire === 'dashscope';
    this.#end({
      outcome: 'failed',
      status,
      code: isNative ? native.code : (compatible.code ?? compatible.type),
      message: isNative ? native.message : (compatible.message ?? native.message),
    });
  }

  #end(end: Pick<RequestRecord, 'outcome'> & Partial<RequestRecord>): void {
    if (this.#over || this.#begunAfter !== this.#studio.resets) return;
    this.#over = true;
    if (end.outcome === 'finished') this.onFinish();
    this.#count(end);
    const { request, wire, body, stream } = this.#recorded;
    this.#studio.record({
      at: this.at,
      requestId: this.requestId,
      method: request.method,
      path: new URL(request.url).pathname,
      wire,
      workspace: this.workspace?.id,
      model: this.model,
      stream,
      body,
      unknownParameters: this.unknownParameters,
      status: 200,
      code: undefined,
      message: undefined,
      usage: undefined,
      durationMs: this.#studio.now() - this.at,
      ...end,
    });
  }

  #count({ outcome, usage }: Pick<RequestRecord, 'outcome'> & Partial<RequestRecord>): void {
    if (this.#recorded.billed === false) return;
    if (usage !== undefined) this.spend(usage.totalTokens);
    const { workspace, model } = this;
    if (workspace === undefined || model === undefined) return;
    if (!this.#studio.models.has(model)) return;
    if (usage === undefined && outcome === 'cancelled') return;
    this.#studio.usage.add({ workspace, model, usage });
    const { wire, stream } = this.#recorded;
    if (usage === undefined || outcome === 'failed' || wire === undefined) return;
    const { requestId, at, thinking, explicitCache } = this;
    this.#studio.bill.push({
      requestId,
      at,
      workspace: workspace.id,
      workspaceName: workspace.name,
      model,
      wire,
      stream,
      outcome,
      thinking,
      explicitCache,
      usage,
    });
  }
}
