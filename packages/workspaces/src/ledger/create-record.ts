import type { PriceBook } from '../cost/create-price-book.ts';
import { priceOf } from '../cost/price-of.ts';
import { isUnpriced } from '../cost/unpriced.ts';
import type { ModelCall } from '../model-call.ts';
import type { UsageRecord } from '../usage-record.ts';
import type { Ending } from './ending.ts';

interface Ended extends Pick<UsageRecord, 'at' | 'tags' | 'durationMs'> {
  readonly call: ModelCall;
  readonly ending: Ending;
}

interface Place {
  readonly workspace: string;
  readonly region: string | undefined;
  readonly prices: PriceBook;
}

/** The record of a call that has ended, with its cost. */
export function createRecord({ call, ending, ...rest }: Ended, place: Place): UsageRecord {
  const { workspace, region } = place;
  const { requestId, usage, outcome, error } = ending;
  const thinking = thinkingOf(call);
  const known = {
    id: requestId || `local-${crypto.randomUUID()}`,
    workspace,
    ...(call.workspace !== undefined && { workspaceId: call.workspace }),
    ...(region !== undefined && { region }),
    model: call.request.model,
    wire: call.wire,
    operation: call.operation,
    outcome,
    ...(requestId && { requestId }),
    ...(error && { error }),
    usage,
    ...(thinking !== undefined && { thinking }),
    ...rest,
  };
  return { ...known, ...(ending.isIncomplete ? { unpriced: 'incomplete' } : costOf(known, place.prices)) };
}

function costOf(
  record: Omit<UsageRecord, 'cost' | 'unpriced' | 'priceTable'>,
  prices: PriceBook,
): Pick<UsageRecord, 'cost' | 'unpriced' | 'priceTable'> {
  const found = priceOf(record, prices);
  if (isUnpriced(found)) return { unpriced: found.unpriced };
  return { cost: found.cost, priceTable: found.priceTable };
}

/** Whether the call asked the model to think; an object asks for it. */
function thinkingOf(call: ModelCall): boolean | undefined {
  if (call.operation === 'embed' || call.request.thinking === undefined) return undefined;
  return call.request.thinking !== false;
}
